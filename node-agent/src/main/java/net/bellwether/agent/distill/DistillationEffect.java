package net.bellwether.agent.distill;

import net.bellwether.topology.pair.Basis;

/// What a distillation state machine asks of its surroundings, in order. Arrays in them are handed
/// over, never compared.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface DistillationEffect {
  /// Send `frame` to the other end.
  record Send(byte[] frame) implements DistillationEffect {}

  /// A verified block of key; store it durably, then call `stored`. At the following end it is not
  /// stock before [Confirmed].
  record Finished(long block, byte[] key) implements DistillationEffect {}

  /// The following end's block is durable at the leading end too: it is stock.
  record Confirmed(long block) implements DistillationEffect {}

  /// The leading end does not have this block of the following end: it never becomes stock.
  record Missing(long block) implements DistillationEffect {}

  /// A block yields nothing.
  record Failed(long block, String reason) implements DistillationEffect {}

  /// `errors` of `compared` sifted pairs disagreed in `basis`.
  record Compared(Basis basis, long compared, long errors) implements DistillationEffect {}
}
