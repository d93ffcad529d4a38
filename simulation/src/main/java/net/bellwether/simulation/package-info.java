/// The cores of scheduler, agents and nature in one thread, in virtual time.
@NullMarked
package net.bellwether.simulation;

import org.jspecify.annotations.NullMarked;
