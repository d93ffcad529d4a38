/// Bugs planted around the product, to see that promises notice.
@NullMarked
package net.bellwether.simulation.fault.bug;

import org.jspecify.annotations.NullMarked;
