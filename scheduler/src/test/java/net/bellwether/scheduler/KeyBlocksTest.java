package net.bellwether.scheduler;

import static net.bellwether.scheduler.TextNetwork.node;
import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.scheduler.PlanOutcome.Planned;
import net.bellwether.scheduler.evaluate.KeyBlock;
import net.bellwether.scheduler.evaluate.KeyBlocks;
import net.bellwether.scheduler.evaluate.KeyYield;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.physics.SecretKey;
import org.junit.jupiter.api.Test;

class KeyBlocksTest {
  private static final Grant GRANT = Plans.grant(1_000, 1_200, 50);

  @Test
  void blockCertifiesAKeyEvenIfErrorsComeOutHigher() {
    Evaluation evaluation = evaluation("A -20km- B");
    KeyBlock block = evaluation.keyBlock();
    double p = block.bases().keyBasisProbability();
    long testBits = (long) (block.keyBits() * (1 - p) * (1 - p) / (p * p));
    double leaked = 1.2 * block.keyBits() * SecretKey.binaryEntropy(evaluation.qberZ());
    double unlucky = evaluation.qberX() + 3 * Math.sqrt(evaluation.qberX() / testBits);
    assertThat(SecretKey.finiteKeyBits(block.keyBits(), testBits, unlucky, leaked, 1e-10, 1e-15))
        .isGreaterThanOrEqualTo(250);
  }

  @Test
  void noisierPairsAreTestedMoreOrLonger() {
    NetworkView view = TextNetwork.view("A -20km- B");
    Evaluation fine = Evaluator.evaluate(Plans.link(view, "a-b", "fine"), view, GRANT);
    KeyYield slow = new KeyYield(fine.qberZ(), fine.qberX());
    KeyYield noisy = new KeyYield(0.06, 0.06);
    assertThat(KeyBlocks.of(noisy, 1_000).pairs()).isGreaterThan(KeyBlocks.of(slow, 1_000).pairs());
    assertThat(KeyBlocks.of(noisy, 1e6).bases().keyBasisProbability())
        .isGreaterThan(KeyBlocks.of(noisy, 1_000).bases().keyBasisProbability());
  }

  @Test
  void pairsThatCertifyNothingAreGatheredUpToTheLimitOfMemory() {
    KeyBlock block = KeyBlocks.of(new KeyYield(0.12, 0.12), 5_000);
    assertThat(block.secretBits()).isZero();
    assertThat(block.keyBits()).isEqualTo(1 << 18);
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
