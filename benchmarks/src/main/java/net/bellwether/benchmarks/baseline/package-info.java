/// What a user without a solver would write: k shortest paths of a graph library, the best order of
/// swaps on each, purification of links first. The door is
/// [net.bellwether.benchmarks.baseline.PathBaseline].
@NullMarked
package net.bellwether.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
