/// The node agent: a daemon that runs rule sets on the quantum hardware of one or more nodes.
@NullMarked
package net.bellwether.agent;

import org.jspecify.annotations.NullMarked;
