@NullMarked
package net.bellwether.benchmarks.solver;

import org.jspecify.annotations.NullMarked;
