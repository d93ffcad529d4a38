package net.bellwether.agent.engine;

import net.bellwether.agent.kept.KeptHalf;
import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.rules.Rule;

/// A half that was handed to an application, until it is measured or ends. `header` is that of
/// messages about its pair, but for their stamps.
final class Kept {
  final KeptHalf half;
  final Rule.Keep rule;
  final PairMessage.Header header;

  /// A measurement is under way.
  boolean measuring;

  boolean gone;

  Kept(KeptHalf half, Rule.Keep rule, PairMessage.Header header) {
    this.half = half;
    this.rule = rule;
    this.header = header;
  }

  /// Where the device of `corrects`, one of the two ends, has to measure for `wanted`.
  Direction corrected(Direction wanted, boolean corrects) {
    return corrects ? wanted.corrected(half.bellIndex()) : wanted;
  }
}
