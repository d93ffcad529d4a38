/// The solver measured: time, proof, memory, growth, and what a user without it would get. The door
/// is [net.bellwether.benchmarks.solver.SolverBenchmark].
@NullMarked
package net.bellwether.benchmarks.solver;

import org.jspecify.annotations.NullMarked;
