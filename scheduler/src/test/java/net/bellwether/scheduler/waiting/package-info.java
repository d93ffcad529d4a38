@NullMarked
package net.bellwether.scheduler.waiting;

import org.jspecify.annotations.NullMarked;
