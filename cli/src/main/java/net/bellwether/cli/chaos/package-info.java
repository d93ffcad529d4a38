/// `./bellwether chaos`: a network of real processes, killed and paused under load, and a check
/// that nothing promised was lost. Faults and checks are pure; threads and processes are at the
/// edge.
@NullMarked
package net.bellwether.cli.chaos;

import org.jspecify.annotations.NullMarked;
