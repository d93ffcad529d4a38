/// What a simulated scenario came to: figures with their errors beside the predictions, and what
/// happened when.
@NullMarked
package net.bellwether.simulation.outcome;

import org.jspecify.annotations.NullMarked;
