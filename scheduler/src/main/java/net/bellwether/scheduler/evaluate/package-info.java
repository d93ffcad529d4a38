/// What a plan yields: per second where nothing waits, and per round where everything does.
@NullMarked
package net.bellwether.scheduler.evaluate;

import org.jspecify.annotations.NullMarked;
