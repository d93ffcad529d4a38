package net.bellwether.emulator.nature;

import net.bellwether.topology.Link;

/// Both ends of `link` ask for the same pairs in frames `[fromFrame, untilFrame)`. `arrival` orders
/// agreements by the moment the second end asked.
record Agreement(Link link, AttemptRequest request, long fromFrame, long untilFrame, long arrival) {
  boolean holdsIn(long frame) {
    return fromFrame <= frame && frame < untilFrame;
  }
}
