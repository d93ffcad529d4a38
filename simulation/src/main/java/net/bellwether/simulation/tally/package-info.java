/// What simulated flows achieve, as counts and estimates with their errors.
@NullMarked
package net.bellwether.simulation.tally;

import org.jspecify.annotations.NullMarked;
