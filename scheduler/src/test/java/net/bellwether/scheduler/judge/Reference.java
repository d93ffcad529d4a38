package net.bellwether.scheduler.judge;

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
    var states = new WernerStates(setting.operations);
    for (int leaves = LEAVES; ; leaves--) {
      var contest = new Contest(setting, states, 1);
      var enumeration = new Enumeration(setting, states, leaves, true, contest, TREES);
      if (enumeration.run() || leaves == BruteForce.WERNER_LEAVES) {
        return enumeration
            .winner()
            .<Verdict>map(plan -> new Verdict.Best(contest.value(), plan))
            .orElse(new Verdict.Nothing());
      }
    }
  }
}
