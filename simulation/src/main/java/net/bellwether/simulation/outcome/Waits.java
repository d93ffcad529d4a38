package net.bellwether.simulation.outcome;

import java.util.OptionalDouble;

/// How long the halves of delivered pairs took from their herald to delivery at one end.
public record Waits(OptionalDouble meanSeconds, OptionalDouble p95Seconds) {}
