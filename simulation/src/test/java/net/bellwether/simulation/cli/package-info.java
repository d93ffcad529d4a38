@NullMarked
package net.bellwether.simulation.cli;

import org.jspecify.annotations.NullMarked;
