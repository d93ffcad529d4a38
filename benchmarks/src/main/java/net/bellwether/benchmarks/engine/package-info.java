/// Speed of the rule engine, in memory.
@NullMarked
package net.bellwether.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
