/// An independent judge of planning: random small instances, every tree there is on them, and the
/// comparison of any solver with what the enumeration found. Nothing here calls the search or the
/// algebra of states that it judges; every formula is written anew.
@NullMarked
package net.bellwether.scheduler.judge;

import org.jspecify.annotations.NullMarked;
