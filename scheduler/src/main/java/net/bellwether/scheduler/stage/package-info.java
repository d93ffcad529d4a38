/// A plan as numbered stages with their timing: what the evaluator predicts and the compiler cuts
/// into rules.
@NullMarked
package net.bellwether.scheduler.stage;

import org.jspecify.annotations.NullMarked;
