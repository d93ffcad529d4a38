/// Nature as the hardware of all nodes sees it: a state machine without clock, threads or sockets.
@NullMarked
package net.bellwether.emulator.nature;

import org.jspecify.annotations.NullMarked;
