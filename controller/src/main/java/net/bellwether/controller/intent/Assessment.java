package net.bellwether.controller.intent;

import net.bellwether.scheduler.Evaluation;
import org.jspecify.annotations.Nullable;

/// What a session's plan yields on the present view, null where it yields nothing; `shortfall` says
/// what of the promise that breaks, empty where it is kept.
public record Assessment(@Nullable Evaluation evaluation, String shortfall) {
  public boolean isKept() {
    return shortfall.isEmpty();
  }
}
