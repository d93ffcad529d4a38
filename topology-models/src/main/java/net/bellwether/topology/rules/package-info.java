/// What a node is told to do: rule sets and rounds.
@NullMarked
package net.bellwether.topology.rules;

import org.jspecify.annotations.NullMarked;
