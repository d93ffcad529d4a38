/// Ready-made networks, as documents in the topology format.
@NullMarked
package net.bellwether.topology.scenario;

import org.jspecify.annotations.NullMarked;
