/// What may be asked of the planner.
@NullMarked
package net.bellwether.scheduler.request;

import org.jspecify.annotations.NullMarked;
