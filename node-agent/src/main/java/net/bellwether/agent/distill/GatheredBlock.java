package net.bellwether.agent.distill;

/// Sifted key-basis bits of one block, with the comparison of the test-basis pairs measured among
/// them.
record GatheredBlock(Bits key, long testCompared, long testErrors) {}
