/// What time it is in the network, at this node and at its peers.
@NullMarked
package net.bellwether.agent.clock;

import org.jspecify.annotations.NullMarked;
