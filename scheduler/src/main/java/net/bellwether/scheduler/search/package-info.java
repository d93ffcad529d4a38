/// The search for the plan with the best fluid objective.
@NullMarked
package net.bellwether.scheduler.search;

import org.jspecify.annotations.NullMarked;
