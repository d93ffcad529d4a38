package net.bellwether.scheduler.evaluate;

/// How long a node of a plan holds a half of a delivered pair, on average over its halves:
/// `memorySeconds` from the end of the attempt that made the half until it is measured, in the swap
/// that takes it or by its consumer; `waitSeconds` is the part of it in which nothing was missing
/// at the node but the pair to swap or purify with.
public record NodeWaiting(double waitSeconds, double memorySeconds) {}
