/// Virtual time, processes that can be killed, and the network between them.
@NullMarked
package net.bellwether.simulation.fault.world;

import org.jspecify.annotations.NullMarked;
