/// `./bellwether chaos`: a network of real processes, killed, paused and cut off under load, and a
/// check that nothing promised was lost. Faults and checks are pure; threads, processes and
/// passages are at the edge.
@NullMarked
package net.bellwether.cli.chaos;

import org.jspecify.annotations.NullMarked;
