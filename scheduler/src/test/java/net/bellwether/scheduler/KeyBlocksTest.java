package net.bellwether.scheduler;

import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.PlanOutcome.Planned;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.physics.SecretKey;
import org.junit.jupiter.api.Test;

class KeyBlocksTest {
  private static final Grant GRANT = Plans.grant(1_000, 1_200, 50);

  @Test
  void blockCertifiesAKeyEvenIfErrorsComeOutHigher() {
    Evaluation evaluation = evaluation("A -20km- B");
    long keyBits = KeyBlocks.keyBits(evaluation);
    long testBits = keyBits / 81;
    double leaked = 1.2 * keyBits * SecretKey.binaryEntropy(evaluation.qberZ());
    double unlucky = evaluation.qberX() + 3 * Math.sqrt(evaluation.qberX() / testBits);
    assertThat(SecretKey.finiteKeyBits(keyBits, testBits, unlucky, leaked, 1e-10, 1e-15))
        .isGreaterThan(256);
  }

  @Test
  void noisierPairsNeedLargerBlocks() {
    NetworkView view = TextNetwork.view("A -20km- B");
    Evaluation fine = Evaluator.evaluate(Plans.link(view, "a-b", "fine"), view, GRANT);
    Evaluation middle = Evaluator.evaluate(Plans.link(view, "a-b", "middle"), view, GRANT);
    assertThat(KeyBlocks.keyBits(middle)).isGreaterThan(KeyBlocks.keyBits(fine));
  }

  @Test
  void finiteRateIsBelowTheAsymptoticOne() {
    Evaluation evaluation = evaluation("A -20km- r -35km- C");
    assertThat(evaluation.finiteKeyBitsPerSecond())
        .isPositive()
        .isLessThan(evaluation.asymptoticKeyBitsPerSecond());
  }

  private static Evaluation evaluation(String network) {
    String end = network.substring(network.length() - 1);
    return ((Planned) Planner.plan(TextNetwork.view(network), Request.key(node("A"), node(end))))
        .evaluation();
  }
}
