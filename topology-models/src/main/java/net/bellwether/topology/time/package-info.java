/// Network time.
@NullMarked
package net.bellwether.topology.time;

import org.jspecify.annotations.NullMarked;
