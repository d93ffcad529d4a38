@NullMarked
package net.bellwether.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
