package net.bellwether.topology.physics;

import java.util.Collection;
import net.bellwether.topology.Link;
import net.bellwether.topology.time.NetworkTime;

/// Upper bounds on the secret bits (and so on the pairs) that any protocol can get.
public final class Capacity {
  private Capacity() {}

  /// Secret bits per use of a lossy channel, without a repeater: -log2(1 - η) \[plob2017\].
  public static double plobBitsPerUse(double transmission) {
    return -StrictMath.log1p(-transmission) / StrictMath.log(2);
  }

  /// Bits a second of a link whose medium is used as often as its modes may attempt. The middle may
  /// be active, so the worse arm bounds it \[pirandola2019\]; devices count as perfect.
  public static double bitsPerSecond(Link link) {
    Arms arms = Arms.of(link.medium());
    double usesPerSecond =
        link.multiplexing()
            * (double) NetworkTime.PICOS_PER_SECOND
            / LinkPhysics.attemptPeriodPicos(link);
    return usesPerSecond * plobBitsPerUse(Math.min(arms.a(), arms.b()));
  }

  /// Bits a second of a chain of links: those of its worst \[pirandola2019\].
  public static double chainBitsPerSecond(Collection<Link> links) {
    return links.stream().mapToDouble(Capacity::bitsPerSecond).min().orElse(0);
  }
}
