/// The network as the planner sees it.
@NullMarked
package net.bellwether.scheduler.view;

import org.jspecify.annotations.NullMarked;
