package net.bellwether.controller.tracker;

import org.jspecify.annotations.Nullable;

/// Measured figures of a session since its present generation became active, or since this
/// controller began to listen. `seconds` is network time. `state` is null until pairs have been
/// compared in all three bases; the error rates are as observed, readout errors included. `keys`
/// are those of both ends since the session began.
public record Achieved(
    long pairCount,
    double seconds,
    @Nullable StateEstimate state,
    double qberZ,
    double qberX,
    long keyBits,
    double keySeconds,
    KeyCounts keys) {}
