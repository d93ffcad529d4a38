/// End to end: the programs as processes, over real sockets, with real certificates.
@NullMarked
package net.bellwether.deploy;

import org.jspecify.annotations.NullMarked;
