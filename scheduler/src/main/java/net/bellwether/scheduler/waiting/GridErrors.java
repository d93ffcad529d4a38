package net.bellwether.scheduler.waiting;

/// How much the coarseness of a grid may have changed the mean time, relative to it, and the mean
/// fidelity.
public record GridErrors(double meanTimeRatio, double fidelity) {}
