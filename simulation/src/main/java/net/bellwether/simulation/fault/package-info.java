/// Whole systems in which everything that can go wrong does, from one seed, and in which what was
/// promised is checked at every step. The door is [net.bellwether.simulation.fault.FaultSearch].
@NullMarked
package net.bellwether.simulation.fault;

import org.jspecify.annotations.NullMarked;
