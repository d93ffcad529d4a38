/// Networks to plan on, drawn from a seed. The door is
/// [net.bellwether.topology.generate.NetworkGenerator].
@NullMarked
package net.bellwether.topology.generate;

import org.jspecify.annotations.NullMarked;
