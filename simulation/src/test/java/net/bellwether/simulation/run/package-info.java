@NullMarked
package net.bellwether.simulation.run;

import org.jspecify.annotations.NullMarked;
