/// How long one pair of a plan takes where links run freely, and in which state it is then.
@NullMarked
package net.bellwether.scheduler.waiting;

import org.jspecify.annotations.NullMarked;
