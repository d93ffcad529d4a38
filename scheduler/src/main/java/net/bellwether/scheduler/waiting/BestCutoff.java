package net.bellwether.scheduler.waiting;

/// The best cutoff time found, the same at every level (infinite where none is best), what the plan
/// does with it, and the objective's value: pairs or secret bits a second.
public record BestCutoff(double cutoffSeconds, WaitingTime waiting, double value) {}
