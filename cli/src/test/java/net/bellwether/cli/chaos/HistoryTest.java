package net.bellwether.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.bellwether.cli.chaos.FinalState.Found;
import net.bellwether.cli.chaos.FinalState.Held;
import net.bellwether.v1.SessionSpec;
import org.junit.jupiter.api.Test;

/// Planted histories: each violation is found, and what is allowed is not taken for one.
class HistoryTest {
  private static final String LEADER = "a:1";

  private final History history = new History();

  @Test
  void keptPromisesAreNoViolations() {
    opened("r1", "s-1");
    opened("r2", "s-2");
    history.closeAsked("s-2");
    history.closeAcknowledged("s-2");
    history.keyFetched("west", "k1", "bits");
    history.keyFetched("east", "k1", "bits");
    history.termSeen(0, 10, 7, LEADER);
    history.termSeen(20, 30, 8, "b:1");
    assertThat(violations(sessions(open("r1", "s-1"), closed("r2", "s-2")))).isEmpty();
    assertThat(history.check(sessions(open("r1", "s-1"), closed("r2", "s-2"))))
        .extracting(Verdict::checked)
        .containsExactly(2L, 1L, 2L, 2L, 2L, 1L, 0L, 2L);
  }

  @Test
  void lostSessionIsFound() {
    opened("r1", "s-1");
    assertThat(violations(sessions())).containsExactly("session s-1 of request r1 is lost");
  }

  @Test
  void sessionWithAnotherSpecIsFound() {
    opened("r1", "s-1");
    history.openAsked("r2", spec("r2"));
    assertThat(violations(sessions(open("r2", "s-1"))))
        .anyMatch(line -> line.startsWith("session s-1 has another spec than asked for"));
  }

  @Test
  void answerWithAnotherSpecIsFound() {
    history.openAsked("r1", spec("r1"));
    history.openAcknowledged("r1", "s-1", spec("r9"));
    assertThat(violations(sessions(open("r1", "s-1"))))
        .singleElement()
        .asString()
        .startsWith("request r1 was answered with another spec");
  }

  @Test
  void sessionThatNobodyClosedIsFoundClosed() {
    opened("r1", "s-1");
    assertThat(violations(sessions(closed("r1", "s-1"))))
        .containsExactly("session s-1 is closed, and nobody closed it");
  }

  @Test
  void closeWithoutAnAnswerMayHaveClosedOrNot() {
    opened("r1", "s-1");
    history.closeAsked("s-1");
    assertThat(violations(sessions(closed("r1", "s-1")))).isEmpty();
    assertThat(violations(sessions(open("r1", "s-1")))).isEmpty();
  }

  @Test
  void acknowledgedCloseThatIsOpenIsFound() {
    opened("r1", "s-1");
    history.closeAsked("s-1");
    history.closeAcknowledged("s-1");
    assertThat(violations(sessions(open("r1", "s-1"))))
        .containsExactly("session s-1 is not closed, and its close was acknowledged");
  }

  @Test
  void openWithoutAnAnswerMayBeThereOrNot() {
    history.openAsked("r1", spec("r1"));
    assertThat(violations(sessions())).isEmpty();
    assertThat(violations(sessions(open("r1", "s-1")))).isEmpty();
  }

  @Test
  void sessionThatNobodyAskedForIsFound() {
    assertThat(violations(sessions(open("r1", "s-1"))))
        .singleElement()
        .asString()
        .startsWith("session s-1 was not asked for");
  }

  @Test
  void refusedSessionThatIsThereIsFound() {
    history.openAsked("r1", spec("r1"));
    history.openRefused("r1");
    assertThat(violations(sessions(open("r1", "s-1"))))
        .containsExactly("session s-1 is there, and its request r1 was refused");
  }

  @Test
  void twoSessionsOfOneRequestAreFound() {
    opened("r1", "s-1");
    assertThat(violations(sessions(open("r1", "s-1"), open("r1", "s-2"))))
        .containsExactly("request r1 has opened s-1 and s-2");
  }

  @Test
  void twoAnswersToOneRequestAreFound() {
    opened("r1", "s-1");
    history.openAcknowledged("r1", "s-2", spec("r1"));
    assertThat(violations(sessions(open("r1", "s-2"))))
        .contains("request r1 has opened s-1 and s-2");
  }

  @Test
  void sessionThatIsListedTwiceIsFound() {
    opened("r1", "s-1");
    assertThat(violations(sessions(open("r1", "s-1"), open("r1", "s-1"))))
        .containsExactly("session s-1 is listed twice");
  }

  @Test
  void keyIdDeliveredTwiceAtASideIsFound() {
    history.keyFetched("west", "k1", "bits");
    history.keyFetched("west", "k1", "bits");
    assertThat(violations(sessions())).containsExactly("key id k1 was delivered twice at west");
  }

  @Test
  void keyDeliveredUnderTwoIdsIsFound() {
    history.keyFetched("west", "k1", "bits");
    history.keyFetched("west", "k2", "bits");
    assertThat(violations(sessions()))
        .containsExactly("the bits of key id k2 were delivered before at west");
  }

  @Test
  void keyThatDiffersBetweenSidesIsFound() {
    history.keyFetched("west", "k1", "bits");
    history.keyFetched("east", "k1", "other");
    assertThat(violations(sessions())).containsExactly("key id k1 differs between east and west");
  }

  @Test
  void overfullLinkIsFound() {
    FinalState end =
        new FinalState(
            List.of(),
            List.of(new Held("l1", 1), new Held("l2", 1.01), new Held("l3", Double.NaN)));
    assertThat(violations(end)).containsExactly("link l2 holds 101.00 %", "link l3 holds NaN %");
  }

  @Test
  void olderTermToldLaterIsFound() {
    history.termSeen(0, 10, 8, LEADER);
    history.termSeen(20, 30, 7, "b:1");
    assertThat(violations(sessions())).containsExactly("term 7 was told by b:1 after term 8");
  }

  @Test
  void olderTermToldMeanwhileIsAllowed() {
    history.termSeen(0, 10, 8, LEADER);
    history.termSeen(5, 30, 7, "b:1");
    assertThat(violations(sessions())).isEmpty();
  }

  @Test
  void termWithTwoLeadersIsFound() {
    history.termSeen(0, 10, 8, LEADER);
    history.termSeen(20, 30, 8, "b:1");
    assertThat(violations(sessions())).containsExactly("term 8 has two leaders: a:1 and b:1");
  }

  @Test
  void requestsThatCannotBeToldApartAreNotTaken() {
    history.openAsked("r1", spec("r1"));
    assertThatThrownBy(() -> history.openAsked("r2", spec("r1")))
        .hasMessage("spec of request r2 must differ from that of request r1");
  }

  private void opened(String requestId, String sessionId) {
    history.openAsked(requestId, spec(requestId));
    history.openAcknowledged(requestId, sessionId, spec(requestId));
  }

  private List<String> violations(FinalState end) {
    return history.check(end).stream().flatMap(verdict -> verdict.violations().stream()).toList();
  }

  private static SessionSpec spec(String requestId) {
    return SessionSpec.newBuilder().setToSae("peer-of-" + requestId).build();
  }

  private static FinalState sessions(Found... sessions) {
    return new FinalState(Arrays.asList(sessions), List.of());
  }

  private static Found open(String requestId, String sessionId) {
    return new Found(sessionId, spec(requestId), false);
  }

  private static Found closed(String requestId, String sessionId) {
    return new Found(sessionId, spec(requestId), true);
  }
}
