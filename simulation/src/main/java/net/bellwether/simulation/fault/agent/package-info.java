/// Agents: the product's orders, durable record and rule engine, in a process that can be killed.
@NullMarked
package net.bellwether.simulation.fault.agent;

import org.jspecify.annotations.NullMarked;
