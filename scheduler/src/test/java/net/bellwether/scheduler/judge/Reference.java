package net.bellwether.scheduler.judge;

import net.bellwether.scheduler.judge.Instance.StateModel;

/// A solver to try the judge on: the enumeration of undominated trees, with more leaves than the
/// judge's own. What it finds beyond them must never contradict a ruling called certain.
final class Reference implements Judged {
  private static final int LEAVES = 8;
  private static final long TREES = 4_000_000;

  @Override
  public Verdict answer(Instance instance) {
    Setting setting = new Setting(instance);
    if (!BruteForce.connected(setting)) {
      return new Verdict.Nothing();
    }
    States states = instance.states().over(setting.operations);
    // Fidelity alone does not order states that are not twirled.
    boolean twirled = instance.states() == StateModel.WERNER;
    int fewest = twirled ? BruteForce.WERNER_LEAVES : BruteForce.BELL_LEAVES;
    for (int leaves = twirled ? LEAVES : fewest; ; leaves--) {
      var contest = new Contest(setting, states, 1);
      var enumeration = new Enumeration(setting, states, leaves, twirled, contest, TREES);
      if (enumeration.run() || leaves == fewest) {
        return enumeration
            .winner()
            .<Verdict>map(plan -> Verdict.Best.proven(contest.value(), plan))
            .orElse(new Verdict.Nothing());
      }
    }
  }
}
