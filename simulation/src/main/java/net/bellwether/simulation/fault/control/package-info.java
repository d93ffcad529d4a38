/// Controllers: the election, the decisions and the journal of the product, in a process that can
/// be killed.
@NullMarked
package net.bellwether.simulation.fault.control;

import org.jspecify.annotations.NullMarked;
