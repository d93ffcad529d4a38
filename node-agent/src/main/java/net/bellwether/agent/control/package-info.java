/// The agent's side of the controller: orders, their durable record, and reports.
@NullMarked
package net.bellwether.agent.control;

import org.jspecify.annotations.NullMarked;
