@NullMarked
package net.bellwether.simulation.agreement;

import org.jspecify.annotations.NullMarked;
