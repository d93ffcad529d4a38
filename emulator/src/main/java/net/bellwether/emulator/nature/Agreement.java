package net.bellwether.emulator.nature;

import net.bellwether.topology.Link;

/// Both ends of `link` ask for the same pairs in frames `[fromFrame, untilFrame)`. `arrival` orders
/// agreements by the moment the second end asked; `modes` of those asked for have qubits that work.
record Agreement(
    Link link, AttemptRequest request, long fromFrame, long untilFrame, long arrival, int modes) {
  boolean holdsIn(long frame) {
    return fromFrame <= frame && frame < untilFrame;
  }

  Agreement withModes(int working) {
    return working == modes
        ? this
        : new Agreement(link, request, fromFrame, untilFrame, arrival, working);
  }
}
