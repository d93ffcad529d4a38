@NullMarked
package net.bellwether.simulation.fault;

import org.jspecify.annotations.NullMarked;
