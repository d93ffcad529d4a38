/// Measurements: JMH where a function is measured, whole processes where the system is.
@NullMarked
package net.bellwether.benchmarks;

import org.jspecify.annotations.NullMarked;
