package net.bellwether.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.reconcile.Order;
import net.bellwether.controller.state.AgentFacts;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.time.NetworkTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlEngineTest {
  private final World.MemoryJournal journal = new World.MemoryJournal();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ControlEngine engine =
      ControlEngine.start(new ControlCore(journal, () -> 0), 3, stopped::countDown);

  private static final class Line implements AgentLine {
    final List<Order> orders = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();

    @Override
    public boolean send(long term, Order order) {
      return orders.add(order);
    }

    @Override
    public void close(String reason) {
      closed.add(reason);
    }
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void apply() {
    engine.ask(
        core -> core.apply(Documents.topology(Documents.of("chain", "a -4- b")), false, false));
  }

  private Line connect(String node) {
    Line line = new Line();
    engine.connected(
        new AgentEvent.Connected(
            NodeId.of(node),
            new AgentFacts(
                "0.1.0", 1, 1, List.of(), "", "h:1", "", NetworkTime.startOfFrame(17_000_000))),
        line);
    return line;
  }

  private Opening open(String requestId) {
    return engine.ask(core -> core.open("t", requestId, World.request("a", "b", 1, 0)));
  }

  @Test
  void answerComesAfterItIsDurableAndVisible() {
    apply();
    assertThat(open("r1")).isInstanceOf(Opening.Opened.class);
    assertThat(journal.durable.sessions()).hasSize(1);
    assertThat(engine.snapshot().state().sessions()).hasSize(1);
  }

  @Test
  void defectDecidesNothingAndDisturbsNobody() {
    apply();
    Line line = connect("a");
    assertThatThrownBy(() ->
            engine.ask(core -> {
              throw new IllegalArgumentException("defect");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(open("r1")).isInstanceOf(Opening.Opened.class);
    assertThat(line.closed).isEmpty();
  }

  @Test
  void failedStoreRefusesTheCallerAndCutsAgentsUntilItIsBack() {
    apply();
    Line line = connect("a");
    engine.ask(ControlCore::state);
    journal.fails = true;
    assertThatThrownBy(() -> open("r1")).isInstanceOf(ControlEngine.UnavailableException.class);
    assertThat(line.closed).isNotEmpty();
    journal.fails = false;
    assertThat(open("r1")).isInstanceOf(Opening.Opened.class);
    assertThat(stopped.getCount()).isEqualTo(1);
  }

  @Test
  void newerLineTakesThePlaceOfAnOlderOne() {
    apply();
    Line first = connect("a");
    Line second = connect("a");
    engine.heard(new AgentEvent.Disconnected(NodeId.of("a")), first);
    engine.ask(ControlCore::state);
    assertThat(first.closed).isNotEmpty();
    assertThat(second.closed).isEmpty();
    assertThat(engine.snapshot().agents().get(NodeId.of("a")))
        .satisfies(agent -> assertThat(String.valueOf(agent)).contains("connected=true"));
  }

  @Test
  void closedEngineRefuses() throws InterruptedException {
    engine.close();
    assertThatThrownBy(() -> open("r1")).isInstanceOf(ControlEngine.UnavailableException.class);
    assertThat(stopped.await(0, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void engineThatMeetsAnErrorStopsAndLeavesNobodyWaiting() throws InterruptedException {
    assertThatThrownBy(() ->
            engine.ask(core -> {
              throw new StackOverflowError();
            }))
        .isInstanceOf(ControlEngine.UnavailableException.class)
        .hasMessageContaining("unknown");
    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> open("r1")).isInstanceOf(ControlEngine.UnavailableException.class);
  }
}
