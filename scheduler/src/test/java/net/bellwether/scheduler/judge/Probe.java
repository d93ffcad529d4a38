package net.bellwether.scheduler.judge;

@SuppressWarnings("EnumOrdinal")
final class Probe {
  public static void main(String[] a) {
    long budget = Long.parseLong(a[1]);
    int[][] n = new int[8][3];
    double[][] t = new double[8][3];
    for (long seed = 1; seed <= Long.parseLong(a[0]); seed++) {
      Instance i = RandomInstances.of(seed);
      long s = System.nanoTime();
      Verdict v = new SolverJudged(budget).answer(i);
      double ms = (System.nanoTime() - s) / 1e6;
      int k = i.objective().ordinal() * 2 + i.planClass().ordinal();
      int o =
          v instanceof Verdict.Nothing
              ? 0
              : v instanceof Verdict.Best b && b.bound() == b.value() ? 1 : 2;
      n[k][o]++;
      t[k][o] += ms;
      if (o == 2 && a.length > 2)
        System.out.println(
            i.text()
                + " "
                + (v instanceof Verdict.Best b ? b.value() + " " + b.bound() : v)
                + " "
                + ms);
    }
    for (int k = 0; k < 8; k++)
      System.out.printf(
          "%s %s: nothing %d proven %d open %d  ms %.1f %.1f %.1f%n",
          Instance.Objective.values()[k / 2],
          Instance.PlanClass.values()[k % 2],
          n[k][0],
          n[k][1],
          n[k][2],
          t[k][0],
          t[k][1],
          t[k][2]);
  }
}
