/// Names and algebra of single pairs.
@NullMarked
package net.bellwether.topology.pair;

import org.jspecify.annotations.NullMarked;
