package net.bellwether.emulator;

import net.bellwether.emulator.nature.AttemptRequest;

/// A standing request and the number by which the node that made it wants to know its heralds.
record SlottedRequest(int slot, AttemptRequest request) {}
