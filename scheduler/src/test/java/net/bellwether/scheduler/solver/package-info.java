@NullMarked
package net.bellwether.scheduler.solver;

import org.jspecify.annotations.NullMarked;
