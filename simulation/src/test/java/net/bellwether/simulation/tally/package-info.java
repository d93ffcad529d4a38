@NullMarked
package net.bellwether.simulation.tally;

import org.jspecify.annotations.NullMarked;
