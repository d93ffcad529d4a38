package net.bellwether.emulator.nature;

import net.bellwether.topology.pair.Direction;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// One node's qubit of a pair. A swap elsewhere moves it into another pair; it stays the same
/// qubit, so a node that does not know of the swap yet still finds it under the old name.
final class Half {
  final NodeQubits holder;

  /// Which attachment of the node holds it; a later one has lost it.
  final long attachment;

  /// The memory it is in. It does not change: a pair ends with its round, in the frame in which it
  /// was made, and conditions change between frames; what befalls a node while it keeps a half
  /// longer leaves that half's memory as it was.
  final Decay memory;

  private LivePair pair;
  private NetworkTime settledUntil;
  private NetworkTime agedUntil;
  private NetworkTime notBefore;
  private State state = State.HELD;
  private Direction direction = Direction.ALONG_Z;
  private boolean bit;

  /// Until when it is kept; none where it ends with its round.
  private @Nullable NetworkTime deadline;

  Half(
      NodeQubits holder,
      long attachment,
      Decay memory,
      LivePair pair,
      NetworkTime existsFrom,
      NetworkTime notBefore) {
    this.holder = holder;
    this.attachment = attachment;
    this.memory = memory;
    this.pair = pair;
    this.settledUntil = existsFrom;
    this.agedUntil = existsFrom;
    this.notBefore = notBefore;
  }

  enum State {
    HELD("held"),
    MEASURED("already measured"),
    SWAPPED("already used in a swap"),
    SACRIFICED("already used in a purification"),
    RELEASED("already released"),
    BROKEN("lost: its memory qubit broke"),
    EXPIRED("dropped: its deadline has passed");

    final String words;

    State(String words) {
      this.words = words;
    }
  }

  /// The pair it belongs to now.
  LivePair pair() {
    return pair;
  }

  NetworkTime notBefore() {
    return notBefore;
  }

  State state() {
    return state;
  }

  boolean isMeasured() {
    return state == State.MEASURED;
  }

  /// Held, by an attachment that has not ended.
  boolean isHeld() {
    return state == State.HELD && attachment == holder.attachments();
  }

  /// Where it was measured.
  Direction direction() {
    return direction;
  }

  /// What it was measured as, before the readout's own error.
  boolean bit() {
    return bit;
  }

  void operatedAt(NetworkTime stamp) {
    agedUntil = stamp;
    notBefore = stamp;
  }

  /// Time that it aged and that its pair's state does not show yet.
  double takeAgePicos() {
    long picos = agedUntil.picosSince(settledUntil);
    settledUntil = agedUntil;
    return picos;
  }

  void moveTo(LivePair other) {
    pair = other;
  }

  void measured(Direction along, boolean asBit) {
    state = State.MEASURED;
    direction = along;
    bit = asBit;
  }

  void keepUntil(NetworkTime until) {
    deadline = until;
  }

  boolean isKept() {
    return deadline != null;
  }

  /// Last instant at which something may be done to it.
  NetworkTime lastUse() {
    return deadline != null ? deadline : pair.roundEnd;
  }

  void ended(State how) {
    state = how;
  }
}
