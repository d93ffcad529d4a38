/// The physics of links and Bell-diagonal states, as pure functions of numbers.
@NullMarked
package net.bellwether.topology.physics;

import org.jspecify.annotations.NullMarked;
