/// What holds of any graph. The door is [net.bellwether.topology.graph.Components].
@NullMarked
package net.bellwether.topology.graph;

import org.jspecify.annotations.NullMarked;
