/// The hot core: the best plan for one request in the fluid model, proven.
@NullMarked
package net.bellwether.scheduler.solver;

import org.jspecify.annotations.NullMarked;
