/// How fast a controller digests what agents report.
@NullMarked
package net.bellwether.benchmarks.telemetry;

import org.jspecify.annotations.NullMarked;
