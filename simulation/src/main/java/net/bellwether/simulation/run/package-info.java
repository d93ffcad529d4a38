/// A whole network in one thread, in virtual time, from one seed: the controller's decisions, every
/// agent's rules, the distillation of keys, and nature. The door is
/// [net.bellwether.simulation.run.ScenarioRun].
@NullMarked
package net.bellwether.simulation.run;

import org.jspecify.annotations.NullMarked;
