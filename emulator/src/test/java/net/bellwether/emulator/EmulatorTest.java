package net.bellwether.emulator;

import static net.bellwether.wire.herald.RecordKind.COMPLETION;
import static net.bellwether.wire.herald.RecordKind.HERALD;
import static net.bellwether.wire.herald.RecordKind.TALLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.ApplyRequest;
import net.bellwether.v1.AttachRequest;
import net.bellwether.v1.AttemptRequest;
import net.bellwether.v1.AttemptSchedule;
import net.bellwether.v1.Basis;
import net.bellwether.v1.CommandBatch;
import net.bellwether.v1.CutLink;
import net.bellwether.v1.DegradeLink;
import net.bellwether.v1.DescribeRequest;
import net.bellwether.v1.DeviceCommand;
import net.bellwether.v1.HeraldTransport;
import net.bellwether.v1.MeasureCommand;
import net.bellwether.v1.NatureLink;
import net.bellwether.v1.NatureServiceGrpc;
import net.bellwether.v1.NetworkTime;
import net.bellwether.v1.PairId;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.Identity;
import net.bellwether.wire.RpcErrors;
import net.bellwether.wire.TlsFiles;
import net.bellwether.wire.herald.HeraldRecords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class EmulatorTest {
  private static final String DOMAIN = "lab.test";
  private static final long YEAR_2026_MILLIS = 1_790_000_000_000L;

  @TempDir private static Path directory = Path.of("");

  private static CertificateAuthority authority;
  private static Emulator emulator;
  private static TlsFiles own;

  private final List<FetchedHeralds> fetched = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  @BeforeAll
  static void start() {
    authority = CertificateAuthority.openOrCreate(directory.resolve("ca"), DOMAIN);
    own = issue(new Identity.Emulator(DOMAIN, 1), "emulator");
    emulator = emulator(false);
  }

  private static Emulator emulator(boolean heraldsOverUdp) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Emulator.start(
        TestNetwork.NETWORK,
        anyPort,
        HeraldServer.start(anyPort, heraldsOverUdp, own),
        own,
        1,
        YEAR_2026_MILLIS);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void closeChannels() {
    fetched.forEach(FetchedHeralds::close);
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private static TlsFiles issue(Identity identity, String name) {
    return authority.issue(identity, directory.resolve(name));
  }

  private ManagedChannel channel(Identity identity, String name) {
    return channel(emulator, identity, name);
  }

  private ManagedChannel channel(Emulator of, Identity identity, String name) {
    ManagedChannel channel =
        GrpcChannels.open(
            "127.0.0.1:" + of.port(),
            issue(identity, name),
            peer -> peer instanceof Identity.Emulator);
    channels.add(channel);
    return channel;
  }

  private AttachedNode attach(String node) {
    return new AttachedNode(channel(new Identity.Node(DOMAIN, NodeId.of(node)), node)).hello(node);
  }

  private FetchedHeralds fetch(AttachedNode node, String certificate) {
    FetchedHeralds heralds =
        new FetchedHeralds(
            node.first().getInventory().getHeralds(),
            issue(new Identity.Node(DOMAIN, NodeId.of(certificate)), certificate));
    fetched.add(heralds);
    return heralds;
  }

  private static AttachRequest schedule(String link, int multiplexing) {
    return schedule(link, multiplexing, 1);
  }

  private static AttachRequest schedule(String link, int multiplexing, int slot) {
    return AttachRequest.newBuilder()
        .setSchedule(
            AttemptSchedule.newBuilder()
                .addRequests(
                    AttemptRequest.newBuilder()
                        .setLink(link)
                        .setFlow("flow")
                        .setGeneration(3)
                        .setMode("bright")
                        .setMultiplexing(multiplexing)
                        .setStartPicos(5_000_000_000L)
                        .setAttemptPicos(1_000_000_000L)
                        .setPeriodPicos(9_000_000_000L)
                        .setCount(10)
                        .setSlot(slot)))
        .build();
  }

  @Test
  void aNodeLearnsWhatItHasAndThenOfPairsAndOutcomes() {
    AttachedNode a = attach("a");
    AttachedNode b = attach("b");
    var inventory = a.first().getInventory();
    assertThat(inventory.getCommunicationQubitCount()).isEqualTo(200);
    assertThat(inventory.getLinksList()).containsExactly("ab");
    assertThat(inventory.getTimings(0).getAttemptPeriodPicos()).isPositive();
    assertThat(inventory.getEpoch()).isEqualTo(YEAR_2026_MILLIS);
    assertThat(inventory.getNetworkTime().getFrame())
        .isGreaterThanOrEqualTo(YEAR_2026_MILLIS / 100);

    FetchedHeralds atA = fetch(a, "a");
    FetchedHeralds atB = fetch(b, "b");
    await().until(() -> !atA.told().isEmpty() && !atB.told().isEmpty());
    a.requests.onNext(schedule("ab", 50, 11));
    b.requests.onNext(schedule("ab", 50, 12));
    await().until(() -> !atA.all(HERALD).isEmpty() && !atB.all(HERALD).isEmpty());
    FetchedHeralds.Told herald = atA.all(HERALD).getFirst();
    FetchedHeralds.Told same = atB.all(HERALD).getFirst();
    assertThat(herald.slot()).isEqualTo(11);
    assertThat(same.slot()).isEqualTo(12);
    assertThat(same.sequence()).isEqualTo(herald.sequence()).isZero();
    assertThat(atA.told().getFirst().kind()).isEqualTo(TALLY);
    assertThat(atA.all(COMPLETION).stream().map(FetchedHeralds.Told::frame).toList())
        .isSorted()
        .doesNotHaveDuplicates();

    a.requests.onNext(
        AttachRequest.newBuilder()
            .setCommands(
                CommandBatch.newBuilder()
                    .addCommands(measure(11, herald, inventory.getEpoch()))
                    .addCommands(measure(12, herald, inventory.getEpoch()))
                    .addCommands(DeviceCommand.newBuilder().setTag(13)))
            .build());
    await().until(() -> a.outcomes().size() == 3);
    assertThat(a.outcomes())
        .anySatisfy(done -> assertThat(done.getTag() == 11 && done.getDone()).isTrue())
        .anySatisfy(again -> assertThat(again.getRefusal()).contains("already measured"))
        .anySatisfy(none -> assertThat(none.getRefusal()).contains("command (none)"));
  }

  private static DeviceCommand measure(long tag, FetchedHeralds.Told herald, long epoch) {
    return DeviceCommand.newBuilder()
        .setTag(tag)
        .setStamp(NetworkTime.newBuilder().setFrame(herald.frame()).setPicos(herald.picos()))
        .setMeasure(
            MeasureCommand.newBuilder()
                .setPair(
                    PairId.newBuilder()
                        .setOrigin("ab")
                        .setEpoch(epoch)
                        .setSequence(herald.sequence()))
                .setBasis(Basis.BASIS_Z))
        .build();
  }

  @Test
  void aNodeSpeaksForItselfOnly() {
    ManagedChannel b = channel(new Identity.Node(DOMAIN, NodeId.of("b")), "b");
    assertThat(new AttachedNode(b).hello("a").end().getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    ManagedChannel operator = channel(new Identity.Operator(DOMAIN, "ann"), "ann");
    assertThat(new AttachedNode(operator).hello("a").end().getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void aNodeThatTheTopologyLacksIsNotFound() {
    assertThat(attach("nowhere").end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void aNewerStreamReplacesTheOlder() {
    AttachedNode older = attach("c");
    older.first();
    AttachedNode newer = attach("c");
    assertThat(older.end().getDescription()).contains("newer stream of node c");
    FetchedHeralds heralds = fetch(newer, "c");
    await().until(() -> heralds.all(COMPLETION).size() >= 2);
    assertThat(newer.hasEnded()).isFalse();
  }

  @Test
  void aMalformedScheduleEndsTheStreamAndNamesTheField() {
    AttachedNode c = attach("c");
    c.first();
    c.requests.onNext(schedule("bc", 0));
    Status end = c.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("multiplexing (0)");
  }

  @Test
  void slotsAreOfOneRequestEach() {
    AttachedNode c = attach("c");
    c.first();
    AttemptSchedule once = schedule("bc", 1).getSchedule();
    c.requests.onNext(
        AttachRequest.newBuilder()
            .setSchedule(once.toBuilder().addRequests(once.getRequests(0)))
            .build());
    assertThat(c.end().getDescription()).contains("slot (1) must be of one request only");
  }

  @Test
  void aTokenIsGoodOnceAndForItsNodeOnly() {
    AttachedNode c = attach("c");
    FetchedHeralds stolen = fetch(c, "b");
    await().until(stolen::hasEnded);
    assertThat(stolen.told()).isEmpty();
    FetchedHeralds own = fetch(c, "c");
    await().until(() -> !own.told().isEmpty());
    FetchedHeralds again = fetch(c, "c");
    await().until(again::hasEnded);
    assertThat(again.told()).isEmpty();
    assertThat(c.hasEnded()).isFalse();
  }

  @Test
  void aStreamEndsWithItsHeraldConnection() {
    AttachedNode c = attach("c");
    FetchedHeralds heralds = fetch(c, "c");
    await().until(() -> !heralds.told().isEmpty());
    heralds.end();
    assertThat(c.end().getDescription()).contains("herald connection ended");
  }

  @Test
  void heraldsOverUdpGoToWhoeverShowsTheToken() throws Exception {
    try (Emulator datagrams = emulator(true);
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      AttachedNode c =
          new AttachedNode(channel(datagrams, new Identity.Node(DOMAIN, NodeId.of("c")), "c"))
              .hello("c");
      var source = c.first().getInventory().getHeralds();
      assertThat(source.getTransport()).isEqualTo(HeraldTransport.HERALD_TRANSPORT_UDP);
      ByteBuf hello = Unpooled.buffer();
      new HeraldRecords().writeHello(hello, source.getToken().toByteArray());
      socket.send(
          new DatagramPacket(
              hello.array(),
              HeraldRecords.BYTES,
              InetAddress.getLoopbackAddress(),
              source.getPort()));
      DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
      socket.receive(answer);
      ByteBuf records = Unpooled.wrappedBuffer(answer.getData(), 0, answer.getLength());
      assertThat(new HeraldRecords().check(records, 0)).isEqualTo(TALLY);
      assertThat(new HeraldRecords().check(records, HeraldRecords.BYTES)).isEqualTo(COMPLETION);
    }
  }

  @Test
  void aStreamMustBeginWithHello() {
    AttachedNode c = new AttachedNode(channel(new Identity.Node(DOMAIN, NodeId.of("c")), "c"));
    c.requests.onNext(schedule("bc", 1));
    assertThat(c.end().getDescription()).contains("hello");
  }

  @Test
  void operatorsAndNobodyElseScriptNature() {
    var operator =
        NatureServiceGrpc.newBlockingStub(channel(new Identity.Operator(DOMAIN, "ann"), "ann"));
    ApplyRequest cut =
        ApplyRequest.newBuilder().setCutLink(CutLink.newBuilder().setLink("bc")).build();
    assertThat(operator.apply(cut).getFromFrame()).isGreaterThan(YEAR_2026_MILLIS / 100);
    // A cut holds from the next frame on.
    await()
        .untilAsserted(() ->
            assertThat(operator.describe(DescribeRequest.getDefaultInstance()).getLinksList())
                .extracting(NatureLink::getLink, NatureLink::getCut)
                .contains(tuple("bc", true)));
    assertThat(operator.describe(DescribeRequest.getDefaultInstance()).getNodesCount())
        .isEqualTo(3);
    var node =
        NatureServiceGrpc.newBlockingStub(channel(new Identity.Node(DOMAIN, NodeId.of("a")), "a"));
    assertThatThrownBy(() -> node.apply(cut)).hasMessageContaining("PERMISSION_DENIED");
    assertThatThrownBy(() -> node.describe(DescribeRequest.getDefaultInstance()))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void mistakesOfAScriptNameTheFieldAndWhatWasMeant() {
    var operator =
        NatureServiceGrpc.newBlockingStub(channel(new Identity.Operator(DOMAIN, "ann"), "ann"));
    var noisy =
        ApplyRequest.newBuilder()
            .setDegradeLink(DegradeLink.newBuilder().setLink("ab").setWhiteNoise(2))
            .build();
    assertThatThrownBy(() -> operator.apply(noisy))
        .satisfies(failure ->
            assertThat(RpcErrors.describe(failure))
                .isEqualTo("whiteNoise (2.0) must be in [0, 1]"));
    var unknown = ApplyRequest.newBuilder().setCutLink(CutLink.newBuilder().setLink("bd")).build();
    assertThatThrownBy(() -> operator.apply(unknown))
        .satisfies(failure ->
            assertThat(RpcErrors.describe(failure))
                .isEqualTo("link (bd) must be one of network lab; did you mean bc?"));
    assertThatThrownBy(() -> operator.apply(ApplyRequest.getDefaultInstance()))
        .hasMessageContaining("happening (none)");
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws Exception {
    Path topology = Files.writeString(directory.resolve("lab.yaml"), TestNetwork.DOCUMENT);
    Run run = run(topology, "127.0.0.1:" + emulator.port());
    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.error.strip().lines()).singleElement().asString().contains("already in use");
  }

  @Test
  void mistakesOfTheTopologyAreNamedOnePerLine() throws Exception {
    Path topology =
        Files.writeString(
            directory.resolve("wrong.yaml"),
            TestNetwork.DOCUMENT.replace("attemptRateHz: 100000", "attemptRateHz: -1"));
    Run run = run(topology, "127.0.0.1:0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.error.strip().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("wrong.yaml:", "attemptRateHz"));
    assertThat(run(directory.resolve("none.yaml"), "127.0.0.1:0").error)
        .contains("--topology", "none.yaml");
    assertThat(run(topology, "localhost").error).contains("--listen (localhost) must be HOST:PORT");
  }

  private record Run(int exitCode, String error) {}

  private static Run run(Path topology, String listen) {
    StringWriter error = new StringWriter();
    int exitCode =
        new CommandLine(new EmulatorMain())
            .setErr(new PrintWriter(error))
            .execute(
                "--topology",
                topology.toString(),
                "--listen",
                listen,
                "--identity",
                own.directory().toString());
    return new Run(exitCode, error.toString());
  }
}
