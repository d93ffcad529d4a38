package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.physics.BellDiagonal;

/// A plan with what it is worth in the fluid model: `cost` of a delivered pair (in prices, or the
/// seconds a pair takes), its state, and its value under the objective asked for.
public record FluidPlan(Plan plan, double cost, BellDiagonal state, double value) {}
