/// The topology file: a strict reader of the documented YAML format (docs/topology-format.md) that
/// reports every mistake with its line. The door is
/// [net.bellwether.topology.format.TopologyReader].
@NullMarked
package net.bellwether.topology.format;

import org.jspecify.annotations.NullMarked;
