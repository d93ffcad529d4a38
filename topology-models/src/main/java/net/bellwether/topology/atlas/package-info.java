/// Maps of real networks, read as networks to plan on. The door is
/// [net.bellwether.topology.atlas.Atlas].
@NullMarked
package net.bellwether.topology.atlas;

import org.jspecify.annotations.NullMarked;
