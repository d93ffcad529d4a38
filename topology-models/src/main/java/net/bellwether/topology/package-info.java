/// What a network is: nodes, links and their devices as immutable, validated values.
@NullMarked
package net.bellwether.topology;

import org.jspecify.annotations.NullMarked;
