@NullMarked
package net.bellwether.simulation;

import org.jspecify.annotations.NullMarked;
