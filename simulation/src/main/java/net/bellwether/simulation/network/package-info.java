/// Rule engines and the nature between them in one thread, in virtual time. The door is
/// [net.bellwether.simulation.network.VirtualNetwork].
@NullMarked
package net.bellwether.simulation.network;

import org.jspecify.annotations.NullMarked;
