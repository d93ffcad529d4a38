package net.bellwether.emulator.nature;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.physics.BellDiagonal;

/// One stream of chance. Each link and each node draws from its own, named after it, so that what
/// one does leaves the others' draws as they were.
final class Chance {
  /// Fixed by name: the default algorithm may change with the Java version.
  private static final String ALGORITHM = "L64X128MixRandom";

  private static final Pauli[] PAULIS = Pauli.values();

  private final RandomGenerator random;

  private Chance(RandomGenerator random) {
    this.random = random;
  }

  static Chance named(long seed, String kind, String name) {
    long mixed = seed;
    for (byte b : (kind + "/" + name).getBytes(StandardCharsets.UTF_8)) {
      mixed = mix(mixed ^ (b & 0xff));
    }
    return new Chance(RandomGeneratorFactory.of(ALGORITHM).create(mixed));
  }

  /// Finaliser of SplitMix64 after one step of its sequence.
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  boolean bit() {
    return random.nextBoolean();
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  Pauli anyPauli() {
    return PAULIS[random.nextInt(4)];
  }

  Pauli from(BellDiagonal state) {
    double u = random.nextDouble();
    if (u < state.x()) {
      return Pauli.X;
    }
    if (u < state.x() + state.y()) {
      return Pauli.Y;
    }
    return u < state.x() + state.y() + state.z() ? Pauli.Z : Pauli.I;
  }

  /// Uniform in [0, 1).
  double fraction() {
    return random.nextDouble();
  }

  /// Uniform in (0, 1].
  double positive() {
    return 1 - random.nextDouble();
  }
}
