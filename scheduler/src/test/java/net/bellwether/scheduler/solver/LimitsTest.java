package net.bellwether.scheduler.solver;

import static net.bellwether.scheduler.solver.Sample.id;
import static net.bellwether.scheduler.solver.Sample.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashSet;
import java.util.Set;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.scheduler.request.Limits;
import net.bellwether.scheduler.request.PurificationClass;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.request.StateModel;
import net.bellwether.scheduler.solver.Solution.Found;
import net.bellwether.scheduler.solver.Solution.NotFound;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.Operations;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import org.junit.jupiter.api.Test;

/// Plans keep to limits, and are the best of those that do.
class LimitsTest {
  private static final int SAMPLES = 40;

  /// From a to e: three fast links, two slower ones, and a slow one of its own.
  private static final NetworkView LADDER =
      Sample.view(
          new Operations(0.999, 0.001, 1),
          link("a", "b", 100, 0.99),
          link("b", "c", 100, 0.99),
          link("c", "e", 100, 0.99),
          link("a", "d", 40, 0.99),
          link("d", "e", 40, 0.99),
          link("a", "e", 5, 0.99));

  @Test
  void limitOnHopsBinds() {
    assertRate(LADDER, Limits.NONE.withMaxHops(3), 100);
    assertRate(LADDER, Limits.NONE.withMaxHops(2), 40);
    assertRate(LADDER, Limits.NONE.withMaxHops(1), 5);
  }

  @Test
  void noPathWithinTheHopsIsSaid() {
    NetworkView chain = LADDER.withoutLink(LinkId.of("ae"));
    Solution none = Solver.solve(NetworkSnapshot.of(chain), rate(Limits.NONE.withMaxHops(1)));
    assertThat(none)
        .isInstanceOfSatisfying(
            NotFound.class,
            at -> {
              assertThat(at.reason()).isEqualTo(Reason.NO_PATH);
              assertThat(at.proven()).isTrue();
            });
  }

  @Test
  void requiredNodesAndLinksAreOnThePath() {
    assertRate(LADDER, Limits.NONE.requiring(Set.of(), Set.of(id("d"))), 40);
    assertRate(LADDER, Limits.NONE.requiring(Set.of(LinkId.of("ae")), Set.of()), 5);
    assertRate(LADDER, Limits.NONE.requiring(Set.of(LinkId.of("bc")), Set.of(id("c"))), 100);
    assertRate(LADDER, Limits.NONE.requiring(Set.of(), Set.of(id("a"), id("e"))), 100);
  }

  @Test
  void excludedNodesAndLinksAreAvoided() {
    assertRate(LADDER, Limits.NONE.excluding(Set.of(), Set.of(id("b"))), 40);
    assertRate(
        LADDER, Limits.NONE.excluding(Set.of(LinkId.of("ce"), LinkId.of("ad")), Set.of()), 5);
  }

  @Test
  void hopsAndRequirementsBindTogether() {
    assertRate(LADDER, Limits.NONE.requiring(Set.of(), Set.of(id("d"))).withMaxHops(2), 40);
    Limits tooFew = Limits.NONE.requiring(Set.of(), Set.of(id("b"))).withMaxHops(2);
    assertThat(Solver.solve(NetworkSnapshot.of(LADDER), rate(tooFew).withWorkBudget(50_000)))
        .isInstanceOf(NotFound.class);
  }

  /// A plan over other links than the best one, as a standby must be.
  @Test
  void planThatIsDisjointFromAnotherSharesNoLink() {
    int disjoint = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      if (sample.solve() instanceof Found first) {
        Set<LinkId> links = Plans.links(first.best().plan());
        Limits limits = sample.request().limits().excluding(links, Set.of());
        Solution second = sample.with(sample.request().with(limits)).solve();
        Answers.assertNotBetter(sample, second, first, 1);
        if (second instanceof Found found) {
          assertThat(Plans.links(found.best().plan())).doesNotContainAnyElementsOf(links);
          disjoint++;
        }
      }
    }
    assertThat(disjoint).isGreaterThan(SAMPLES / 10);
  }

  @Test
  void everyPathOfAPlanVisitsWhatIsRequired() {
    int visited = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      NodeId node = anyNode(sample);
      Limits limits = sample.request().limits().requiring(Set.of(), Set.of(node));
      Solution through = sample.with(sample.request().with(limits)).solve();
      Answers.assertNotBetter(sample, through, sample.solve(), 1);
      if (through instanceof Found found) {
        assertThat(nodesOfEveryPath(found.best().plan())).as("seed %d", seed).contains(node);
        visited++;
      }
    }
    assertThat(visited).isGreaterThan(SAMPLES / 10);
  }

  @Test
  void excludedNodeIsAsGoodAsNone() {
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      NodeId node = anyNode(sample);
      Limits limits = sample.request().limits().excluding(Set.of(), Set.of(node));
      Solution excluded = sample.with(sample.request().with(limits)).solve();
      Answers.assertAlike(
          sample, sample.with(sample.view().withoutNode(node)).solve(), excluded, 1);
      if (excluded instanceof Found found) {
        assertThat(Plans.nodes(found.best().plan())).doesNotContain(node);
      }
    }
  }

  @Test
  void noPlanIsLongerThanTheLimit() {
    int bound = 0;
    for (long seed = 0; seed < SAMPLES; seed++) {
      Sample sample = Sample.of(seed);
      if (sample.solve() instanceof Found free) {
        int hops = FluidEvaluator.hops(free.best().plan());
        if (hops > 1) {
          Limits limits = sample.request().limits().withMaxHops(hops - 1);
          if (sample.with(sample.request().with(limits)).solve() instanceof Found found) {
            assertThat(FluidEvaluator.hops(found.best().plan())).isLessThan(hops);
            bound++;
          }
        }
      }
    }
    assertThat(bound).isPositive();
  }

  private static NodeId anyNode(Sample sample) {
    return sample.view().nodes().keySet().stream()
        .filter(each -> !each.equals(sample.request().from()))
        .filter(each -> !each.equals(sample.request().to()))
        .findFirst()
        .orElseThrow();
  }

  private static Set<NodeId> nodesOfEveryPath(Plan plan) {
    return switch (plan) {
      case Plan.Generate generate -> Set.of(generate.left(), generate.right());
      case Plan.Swap swap -> {
        Set<NodeId> nodes = new LinkedHashSet<>(nodesOfEveryPath(swap.leftPart()));
        nodes.addAll(nodesOfEveryPath(swap.rightPart()));
        yield nodes;
      }
      case Plan.Purify purify -> {
        Set<NodeId> nodes = new LinkedHashSet<>(nodesOfEveryPath(purify.kept()));
        nodes.retainAll(nodesOfEveryPath(purify.sacrificed()));
        yield nodes;
      }
      case Plan.Relay relay -> throw new AssertionError("no relay was allowed: " + relay);
    };
  }

  private static Request rate(Limits limits) {
    return Request.pairs(id("a"), id("e"), 0.9)
        .with(StateModel.WERNER)
        .with(PurificationClass.ANY)
        .with(limits);
  }

  private static void assertRate(NetworkView view, Limits limits, double expected) {
    Solution solution = Solver.solve(NetworkSnapshot.of(view), rate(limits));
    assertThat(solution).isInstanceOf(Found.class);
    Found found = (Found) solution;
    assertThat(found.gap()).isZero();
    assertThat(found.best().value()).isEqualTo(expected, within(1e-9));
    assertThat(FluidEvaluator.hops(found.best().plan())).isLessThanOrEqualTo(limits.maxHops());
  }
}
