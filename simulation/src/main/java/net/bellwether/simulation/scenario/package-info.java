/// What to simulate: a network, the sessions that tenants open on it, and what befalls its hardware
/// (docs/simulation.md). The door is [net.bellwether.simulation.scenario.ScenarioReader].
@NullMarked
package net.bellwether.simulation.scenario;

import org.jspecify.annotations.NullMarked;
