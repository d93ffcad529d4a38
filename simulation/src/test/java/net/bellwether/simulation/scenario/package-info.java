@NullMarked
package net.bellwether.simulation.scenario;

import org.jspecify.annotations.NullMarked;
