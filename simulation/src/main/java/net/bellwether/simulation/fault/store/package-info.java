/// A model of the store that controllers share, with what can befall it.
@NullMarked
package net.bellwether.simulation.fault.store;

import org.jspecify.annotations.NullMarked;
