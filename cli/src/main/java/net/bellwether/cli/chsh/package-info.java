/// A CHSH test between two applications that share kept pairs.
@NullMarked
package net.bellwether.cli.chsh;

import org.jspecify.annotations.NullMarked;
