package net.bellwether.scheduler.evaluate;

import net.bellwether.topology.rules.BasisPolicy.RandomBases;

/// How a key session measures and distils: the bias of its bases, the delivered pairs of a block,
/// how many sifted key-basis bits those are, and the secret bits expected of them (0 where the
/// pairs certify nothing).
public record KeyBlock(RandomBases bases, double pairs, int keyBits, long secretBits) {}
