package net.bellwether.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.DeviceOutcome;
import net.bellwether.agent.engine.Herald;
import net.bellwether.agent.stream.Pki;
import net.bellwether.agent.stream.ScriptedServer;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.rules.Rounds;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.HeraldBatch;
import net.bellwether.v1.OutcomeBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatedDeviceTest {
  private static final AttemptRequest REQUEST =
      new AttemptRequest(
          LinkId.of("ab"), FlowId.of("f"), 2, 6, "m", 4, 7, 0, new Rounds(0, 5_000, 6_000, 3));
  private static final PairId.Elementary PAIR = new PairId.Elementary(LinkId.of("ab"), 3, 1);

  @TempDir private Path directory;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  private final class Hearing implements DeviceListener {
    @Override
    public void attached(DeviceInventory inventory) {
      heard.add("attached " + inventory.links() + " " + inventory.epoch());
    }

    @Override
    public void heralded(List<Herald> heralds, NetworkTime completeUntil) {
      heard.add("heralds " + heralds + " until " + completeUntil.frame());
    }

    @Override
    public void concluded(List<DeviceOutcome> outcomes) {
      heard.add("outcomes " + outcomes);
    }

    @Override
    public void detached(String reason) {
      heard.add("detached");
    }
  }

  private EmulatedDevice device(Pki pki, ScriptedServer<AttachRequest, AttachResponse> emulator) {
    return new EmulatedDevice(NodeId.of("a"), emulator.endpoint(), pki.node("a"), timer);
  }

  @Test
  void heraldsAndOutcomesReachTheListenerInOrder() throws Exception {
    Pki pki = new Pki(directory);
    try (var emulator = ScriptedEmulator.start(0, pki.emulator());
        EmulatedDevice device = device(pki, emulator)) {
      device.start(new Hearing());
      assertThat(emulator.awaitRequest().getHello().getNode()).isEqualTo("a");
      emulator.awaitStream();
      emulator.answer(ScriptedEmulator.inventory(5));
      emulator.answer(
          AttachResponse.newBuilder()
              .setHeralds(
                  HeraldBatch.newBuilder()
                      .addHeralds(
                          net.bellwether.v1.Herald.newBuilder()
                              .setLink("ab")
                              .setSequence(1)
                              .setTime(net.bellwether.v1.NetworkTime.newBuilder().setFrame(5))
                              .setBellIndex(net.bellwether.v1.Pauli.PAULI_Y)
                              .setFlow("f")
                              .setGeneration(2)
                              .setStage(6))
                      .setCompleteUntil(net.bellwether.v1.NetworkTime.newBuilder().setFrame(6)))
              .build());
      emulator.answer(
          AttachResponse.newBuilder()
              .setOutcomes(
                  OutcomeBatch.newBuilder()
                      .addOutcomes(
                          net.bellwether.v1.DeviceOutcome.newBuilder()
                              .setTag(4)
                              .setDone(true)
                              .setOutcome(true)))
              .build());
      Herald herald = new Herald(PAIR, NetworkTime.startOfFrame(5), Pauli.Y, FlowId.of("f"), 2, 6);
      DeviceOutcome outcome = new DeviceOutcome(4, true, false, Pauli.I, true, "");
      await()
          .untilAsserted(() ->
              assertThat(heard)
                  .containsExactly(
                      "attached [ab] 3",
                      "heralds [" + herald + "] until 6",
                      "outcomes [" + outcome + "]"));
    }
  }

  @Test
  void scheduleIsGivenAgainAfterABreak() throws Exception {
    Pki pki = new Pki(directory);
    try (var emulator = ScriptedEmulator.start(0, pki.emulator());
        EmulatedDevice device = device(pki, emulator)) {
      device.schedule(List.of(REQUEST));
      device.start(new Hearing());
      for (int attachment = 0; attachment < 2; attachment++) {
        emulator.awaitStream();
        assertThat(emulator.awaitRequest().hasHello()).isTrue();
        emulator.answer(ScriptedEmulator.inventory(5));
        AttachRequest schedule = emulator.awaitRequest();
        assertThat(schedule.getSchedule().getRequests(0).getFlow()).isEqualTo("f");
        assertThat(schedule.getSchedule().getRequests(0).getPeriodPicos()).isEqualTo(6_000);
        emulator.breakStream();
      }
      await().untilAsserted(() -> assertThat(heard).contains("detached"));
    }
  }

  @Test
  void commandsCarryTagStampAndPairs() throws Exception {
    Pki pki = new Pki(directory);
    try (var emulator = ScriptedEmulator.start(0, pki.emulator());
        EmulatedDevice device = device(pki, emulator)) {
      device.start(new Hearing());
      emulator.awaitStream();
      emulator.answer(ScriptedEmulator.inventory(5));
      await().until(() -> !heard.isEmpty());
      NetworkTime stamp = new NetworkTime(5, 17);
      device.execute(
          List.of(
              new DeviceCommand.Measure(9, stamp, PAIR, Basis.X),
              new DeviceCommand.Release(0, stamp, PAIR)));
      var commands =
          emulator.awaitRequest(AttachRequest::hasCommands).getCommands().getCommandsList();
      assertThat(commands.getFirst().getTag()).isEqualTo(9);
      assertThat(commands.getFirst().getStamp().getPicos()).isEqualTo(17);
      assertThat(commands.getFirst().getMeasure().getBasis())
          .isEqualTo(net.bellwether.v1.Basis.BASIS_X);
      assertThat(commands.getLast().getRelease().getPair().getEpoch()).isEqualTo(3);
    }
  }

  @Test
  void commandsOfADetachedDeviceAreDroppedAndCounted() {
    Pki pki = new Pki(directory);
    try (EmulatedDevice device =
        new EmulatedDevice(NodeId.of("a"), "127.0.0.1:1", pki.node("a"), timer)) {
      device.execute(List.of(new DeviceCommand.Release(0, NetworkTime.startOfFrame(1), PAIR)));
      assertThat(device.droppedCommandCount()).isEqualTo(1);
    }
  }

  @Test
  void programThatIsNoEmulatorIsNotBelieved() throws Exception {
    Pki pki = new Pki(directory);
    try (var impostor = ScriptedEmulator.start(0, pki.node("b"));
        EmulatedDevice device = device(pki, impostor)) {
      device.start(new Hearing());
      await().untilAsserted(() -> assertThat(heard).contains("detached"));
      assertThat(impostor.isSilent()).isTrue();
    }
  }
}
