/// What must hold at every step, a class for each promise.
@NullMarked
package net.bellwether.simulation.fault.promise;

import org.jspecify.annotations.NullMarked;
