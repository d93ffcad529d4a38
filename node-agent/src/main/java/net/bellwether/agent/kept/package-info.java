/// Pairs that applications at this node hold: handing them over, and what applications do to them.
@NullMarked
package net.bellwether.agent.kept;

import org.jspecify.annotations.NullMarked;
