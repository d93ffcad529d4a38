@NullMarked
package net.bellwether.scheduler;

import org.jspecify.annotations.NullMarked;
