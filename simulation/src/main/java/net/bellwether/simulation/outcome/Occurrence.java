package net.bellwether.simulation.outcome;

/// Something that happened at `atSeconds` of virtual time to `subject`, as a sentence.
public record Occurrence(double atSeconds, String subject, String what) {}
