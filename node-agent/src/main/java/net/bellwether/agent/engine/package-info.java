/// The rule engine: what a node does with pairs, as a pure state machine.
@NullMarked
package net.bellwether.agent.engine;

import org.jspecify.annotations.NullMarked;
