/// Heralds from the hardware to the rule engine: records are decoded where they lie, checked for
/// gaps and repeats, and handed over in columns, so that nothing is allocated for each.
@NullMarked
package net.bellwether.agent.herald;

import org.jspecify.annotations.NullMarked;
