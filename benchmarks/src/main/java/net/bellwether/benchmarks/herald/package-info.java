/// Heralds from the hardware to the rule engine: how long one takes, and how many a second.
@NullMarked
package net.bellwether.benchmarks.herald;

import org.jspecify.annotations.NullMarked;
