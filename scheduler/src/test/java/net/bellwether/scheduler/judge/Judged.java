package net.bellwether.scheduler.judge;

/// A solver under judgement. It claims optimality of each answer.
interface Judged {
  Verdict answer(Instance instance);
}
