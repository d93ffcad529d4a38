/// The key ledger: which key exists, who may take it, what was given out. A pure state machine and
/// the durable, encrypted store around it.
@NullMarked
package net.bellwether.agent.ledger;

import org.jspecify.annotations.NullMarked;
