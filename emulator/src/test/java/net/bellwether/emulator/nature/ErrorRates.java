package net.bellwether.emulator.nature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import net.bellwether.topology.pair.Basis;

/// How often both ends of pairs disagreed, basis by basis.
final class ErrorRates {
  private static final long ENOUGH = 3000;

  private static final List<Basis> BASES = List.of(Basis.values());

  private final Map<Basis, Share> shares = new EnumMap<>(Basis.class);

  ErrorRates() {
    for (Basis basis : Basis.values()) {
      shares.put(basis, new Share());
    }
  }

  /// The bases in turn.
  static Basis basisOf(long number) {
    return BASES.get((int) (number % BASES.size()));
  }

  void count(Basis basis, boolean disagreed) {
    Objects.requireNonNull(shares.get(basis)).count(disagreed);
  }

  void assertAre(ToDoubleFunction<Basis> expected) {
    shares.forEach((basis, share) -> {
      assertThat(share.trials()).isGreaterThan(ENOUGH);
      share.assertIs(expected.applyAsDouble(basis));
    });
  }
}
