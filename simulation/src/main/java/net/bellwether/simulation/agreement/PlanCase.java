package net.bellwether.simulation.agreement;

import net.bellwether.scheduler.Grant;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.Network;

/// A plan to compare, on its network, under its grant. `name` says what the planner was asked.
record PlanCase(String name, Network network, Plan plan, Grant grant) {}
