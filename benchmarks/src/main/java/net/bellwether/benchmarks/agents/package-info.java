/// Many node agents against one controller.
@NullMarked
package net.bellwether.benchmarks.agents;

import org.jspecify.annotations.NullMarked;
