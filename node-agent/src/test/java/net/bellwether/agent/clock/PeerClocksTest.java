package net.bellwether.agent.clock;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.Test;

class PeerClocksTest {
  private static final NodeId B = NodeId.of("b");
  private static final long MILLI = 1_000_000L;
  private static final long FRAME = 100 * MILLI;
  private static final long PICOS_PER_MILLI = 1_000_000_000L;

  private static NetworkTime millis(long millis) {
    return NetworkTime.startOfFrame(1_000).plusPicos(millis * PICOS_PER_MILLI);
  }

  @Test
  void timeGoesOnBetweenReports() {
    PeerClocks clocks = new PeerClocks();
    assertThat(clocks.findNow(0)).isEmpty();
    clocks.told(millis(0), 5 * MILLI);
    assertThat(clocks.findNow(47 * MILLI)).contains(millis(42));
  }

  @Test
  void reportThatCameLateDoesNotHoldTimeUp() {
    PeerClocks clocks = new PeerClocks();
    clocks.told(millis(0), 0);
    clocks.told(millis(100), FRAME + 40 * MILLI);
    assertThat(clocks.findNow(FRAME + 40 * MILLI)).contains(millis(140));
  }

  @Test
  void deviceThatJumpsIsFollowedWithinASecond() {
    for (long jump : new long[] {300, -300}) {
      PeerClocks clocks = new PeerClocks();
      for (long frame = 0; frame < 20; frame++) {
        clocks.told(millis(frame * 100 + 1_000), frame * FRAME);
      }
      for (long frame = 20; frame < 20 + InterpolatedClock.REPORTS; frame++) {
        clocks.told(millis(frame * 100 + 1_000 + jump), frame * FRAME);
      }
      long last = 19 + InterpolatedClock.REPORTS;
      assertThat(clocks.findNow(last * FRAME)).contains(millis(last * 100 + 1_000 + jump));
    }
  }

  @Test
  void silentDeviceTellsNoTime() {
    PeerClocks clocks = new PeerClocks();
    clocks.told(millis(0), 0);
    assertThat(clocks.findNow(InterpolatedClock.SILENCE_NANOS_MAX)).isPresent();
    assertThat(clocks.findNow(InterpolatedClock.SILENCE_NANOS_MAX + 1)).isEmpty();
  }

  @Test
  void onlyTheAnswerToTheLastQuestionCountsAndOnce() {
    PeerClocks clocks = new PeerClocks();
    clocks.told(millis(0), 0);
    long old = clocks.ask(B, 0);
    long number = clocks.ask(B, 10 * MILLI);
    clocks.answered(B, old, millis(900), 11 * MILLI);
    clocks.answered(NodeId.of("c"), number, millis(900), 11 * MILLI);
    assertThat(clocks.offsets(11 * MILLI)).isEmpty();
    clocks.answered(B, number, millis(11), 12 * MILLI);
    clocks.answered(B, number, millis(900), 12 * MILLI);
    assertThat(clocks.offsets(12 * MILLI).get(B)).isEqualTo(new ClockOffset(0, MILLI + 2));
  }

  @Test
  void whatWasMeasuredByADeviceThatIsGoneIsForgotten() {
    PeerClocks clocks = new PeerClocks();
    clocks.told(millis(0), 0);
    clocks.answered(B, clocks.ask(B, 0), millis(0), MILLI);
    clocks.forget();
    assertThat(clocks.findNow(MILLI)).isEmpty();
    clocks.told(millis(0), 0);
    assertThat(clocks.offsets(MILLI)).isEmpty();
  }
}
