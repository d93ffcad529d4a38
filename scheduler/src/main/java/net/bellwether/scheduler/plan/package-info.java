/// The plan algebra.
@NullMarked
package net.bellwether.scheduler.plan;

import org.jspecify.annotations.NullMarked;
