package net.bellwether.benchmarks.availability;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import net.bellwether.benchmarks.MachineLine;
import net.bellwether.benchmarks.ScratchDirectory;
import net.bellwether.cli.demo.LocalEtcd;
import net.bellwether.cli.demo.Program;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.intent.Application;
import net.bellwether.controller.intent.Opening;
import net.bellwether.controller.lead.LeaderBallot;
import net.bellwether.controller.record.StoreJournal;
import net.bellwether.controller.state.SessionRequest;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.controller.store.SqliteStateStore;
import net.bellwether.controller.store.StateStore;
import net.bellwether.controller.store.etcd.EtcdBallot;
import net.bellwether.controller.store.etcd.EtcdClient;
import net.bellwether.controller.store.etcd.EtcdConfig;
import net.bellwether.controller.store.etcd.EtcdStateStore;
import net.bellwether.topology.Network;
import net.bellwether.topology.Node;
import net.bellwether.topology.NodeRole;
import net.bellwether.topology.Operations;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.format.TopologyWriter;
import net.bellwether.topology.generate.NetworkBlueprint;
import net.bellwether.topology.generate.NetworkGenerator;
import net.bellwether.topology.generate.NetworkModel;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.TlsFiles;

/// What a decision costs over each store: sessions opened per second by the code that decides,
/// beside what the same etcd commits for one client that waits for each answer; and how long a new
/// leader takes for a large state. Three members of etcd on this machine, durable as deployed.
public final class StoreBenchmark {
  private static final int ETCD_MEMBERS = 3;
  private static final String SMALL = "cambridge-loop";
  private static final int OWN_TRANSACTIONS = 1_000;
  private static final int OWN_WARM_UP = 100;

  /// A frame has room for some 114 sessions on a link, so that there are many rounds.
  private static final int ROUND_SESSIONS = 100;

  private static final int ROUNDS = 10;
  private static final int WARM_UP_ROUNDS = 10;
  private static final int NODES = 1_000;
  private static final int LINKS = 5_000;

  /// As many as a controller holds at once.
  private static final int SESSIONS = 10_000;

  private static final int LOADS = 3;
  private static final long SEED = 7;

  /// A leadership that lasts: nothing else stands here.
  private static final long LEASE_MILLIS = 3_600_000;

  /// As large as the records of a session and its flow on a path of three links, about.
  private static final int VALUE_BYTES = 700;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final LocalEtcd etcd;
  private final TlsFiles identity;

  private StoreBenchmark(LocalEtcd etcd) {
    this.etcd = etcd;
    this.identity = etcd.controller(1);
  }

  /// Argument: the script that finds etcd. With `load PREFIX IDENTITY ENDPOINT ...`: only takes the
  /// state that is there, as a new leader does.
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    if (all.size() > 3 && all.getFirst().equals("load")) {
      EtcdConfig config =
          EtcdConfig.of(all.subList(3, all.size()), new TlsFiles(Path.of(all.get(2))));
      load(config.withPrefix(all.get(1)));
    } else if (all.size() == 1) {
      try (ScratchDirectory state = ScratchDirectory.create("store")) {
        measure(Path.of(all.getFirst()), state.path());
      }
    } else {
      System.err.println("usage: StoreBenchmark FIND-ETCD");
      System.exit(2);
    }
    System.exit(0);
  }

  private static void measure(Path findEtcd, Path state) throws Exception {
    LocalEtcd etcd = new LocalEtcd(findEtcd, state, ETCD_MEMBERS);
    List<Program> members = new ArrayList<>();
    try {
      etcd.commands()
          .forEach((name, command) ->
              members.add(Program.start(name, command, state.resolve(name + ".log"))));
      new StoreBenchmark(etcd).run(state);
    } finally {
      members.forEach(Program::stop);
    }
  }

  private void run(Path state) throws Exception {
    out.println(MachineLine.text());
    double etcdRate = ownRate();
    out.printf(
        "etcd itself, %d members: %.0f transactions/s of two values of %d bytes, one after another%n",
        ETCD_MEMBERS, etcdRate, VALUE_BYTES);
    double shared = rounds(round -> lead("/round-" + round + "/"));
    out.printf(
        "%s, sessions opened over etcd: %.0f/s, %.0f %% of etcd's own rate%n",
        SMALL, shared, 100 * shared / etcdRate);
    double embedded =
        rounds(round -> new Leading(SqliteStateStore.open(state.resolve("embedded-" + round))));
    out.printf("%s, sessions opened, embedded: %.0f/s%n", SMALL, embedded);
    large();
  }

  /// Sessions a second, over a new store each round.
  private static double rounds(IntFunction<Leading> stores) {
    Network network = read(SMALL, Scenarios.document(SMALL));
    double seconds = 0;
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      try (Leading leading = stores.apply(round)) {
        ControlCore core = core(leading.store);
        apply(core, network);
        double taken = open(core, network, ROUND_SESSIONS);
        seconds += round < WARM_UP_ROUNDS ? 0 : taken;
      }
    }
    return ROUNDS * ROUND_SESSIONS / seconds;
  }

  /// What etcd commits for one client that waits, without guards and without us.
  private double ownRate() {
    ManagedChannel channel =
        GrpcChannels.openByHostName(
            etcd.endpoints().getFirst(), identity, Duration.ofSeconds(5), 1 << 20);
    try {
      KVGrpc.KVBlockingStub stub = KVGrpc.newBlockingStub(channel).withWaitForReady();
      ByteString value = ByteString.copyFrom(new byte[VALUE_BYTES]);
      int count = OWN_WARM_UP + OWN_TRANSACTIONS;
      long began = 0;
      for (int i = 0; i < count; i++) {
        if (i == OWN_WARM_UP) {
          began = System.nanoTime();
        }
        TxnRequest.Builder transaction = TxnRequest.newBuilder();
        for (String kind : List.of("a", "b")) {
          transaction.addSuccess(
              RequestOp.newBuilder()
                  .setRequestPut(
                      PutRequest.newBuilder()
                          .setKey(ByteString.copyFromUtf8("/own/" + kind + i))
                          .setValue(value)));
        }
        var _ = stub.txn(transaction.build());
      }
      return OWN_TRANSACTIONS / secondsSince(began);
    } finally {
      channel.shutdownNow();
    }
  }

  /// Seconds that it took to open sessions between the ends of each link in turn where both are end
  /// nodes, at a rate that leaves room for all.
  private static double open(ControlCore core, Network network, int count) {
    List<Pair> pairs = pairs(network);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Pair pair = pairs.get(i % pairs.size());
      SessionRequest request =
          new SessionRequest("alice", pair.from(), "bob", pair.to(), 1e-3, 0.8);
      Opening opening = core.open("acme", "request-" + i, request);
      if (!(opening instanceof Opening.Opened)) {
        throw new IllegalStateException("session " + i + " of " + pair + ": " + opening);
      }
    }
    return secondsSince(began);
  }

  private record Pair(NodeId from, NodeId to) {}

  private static List<Pair> pairs(Network network) {
    List<Pair> joined =
        network.links().values().stream()
            .filter(link -> isEnd(network, link.a()) && isEnd(network, link.b()))
            .map(link -> new Pair(link.a(), link.b()))
            .toList();
    if (joined.isEmpty()) {
      throw new IllegalStateException(network.name() + " has no link between end nodes");
    }
    return joined;
  }

  private static boolean isEnd(Network network, NodeId node) {
    return network.node(node).role() == NodeRole.END_NODE;
  }

  private void large() throws Exception {
    NetworkBlueprint blueprint =
        NetworkBlueprint.of(NetworkModel.WAXMAN, NODES, SEED)
            .withAverageDegree(2.0 * LINKS / NODES);
    Network network = withConsumersOnly(NetworkGenerator.generate(blueprint));
    String prefix = "/large/";
    try (Leading leading = lead(prefix)) {
      ControlCore core = core(leading.store);
      long began = System.nanoTime();
      apply(core, network);
      out.printf(
          "%d nodes, %d links: topology applied in %.1f s%n",
          network.nodes().size(), network.links().size(), secondsSince(began));
      out.printf(
          "%d sessions opened there over etcd in %.0f s%n",
          SESSIONS, open(core, network, SESSIONS));
    }
    for (int i = 0; i < LOADS; i++) {
      loadInNewProcess(prefix);
    }
  }

  /// Consumers at every node, and none that swaps: sessions over one link each then. Otherwise the
  /// proof that no longer path is better, a quarter of a second for each of them, would be what is
  /// measured.
  private static Network withConsumersOnly(Network drawn) {
    SequencedMap<NodeId, Node> nodes = new LinkedHashMap<>();
    for (Node node : drawn.nodes().values()) {
      Operations drawnOperations = node.operations();
      Operations operations =
          new Operations(
              drawnOperations.gateFidelity(), drawnOperations.readoutErrorProbability(), 0);
      nodes.put(
          node.id(),
          new Node(
              node.id(),
              NodeRole.END_NODE,
              node.communicationQubits(),
              node.memoryQubits(),
              operations));
    }
    return new Network(drawn.name(), nodes, drawn.links(), drawn.qkdModules());
  }

  /// In a process of its own: a new leader has not taken a state before.
  private void loadInNewProcess(String prefix) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx512m"));
    command.addAll(List.of("-Dbellwether.log=WARN", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StoreBenchmark.class.getName());
    command.addAll(List.of("load", prefix, identity.directory().toString()));
    command.addAll(etcd.endpoints());
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("the state was not taken");
    }
  }

  private static void load(EtcdConfig config) {
    try (Leading leading = new Leading(config)) {
      long began = System.nanoTime();
      ControlCore core = core(leading.store);
      double taken = secondsSince(began);
      var _ = core.snapshot(0);
      System.out.printf(
          "new leader, new process: %d sessions and %d flows taken in %.2f s, all assessed after"
              + " %.2f s, %d MB of heap%n",
          core.state().sessions().size(),
          core.state().flows().size(),
          taken,
          secondsSince(began),
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  private static ControlCore core(StateStore store) {
    return new ControlCore(new StoreJournal(store), System::nanoTime);
  }

  private static void apply(ControlCore core, Network network) {
    String document = TopologyWriter.document(network);
    Network readBack = read(network.name(), document);
    Application application =
        core.apply(new TopologyInForce(document, network.name(), readBack, 0), false, false);
    if (!(application instanceof Application.Applied)) {
      throw new IllegalStateException(network.name() + ": " + application);
    }
  }

  private static Network read(String name, String document) {
    TopologyReading reading = TopologyReader.read(name, document);
    if (reading instanceof TopologyReading.Valid(Network network)) {
      return network;
    }
    throw new IllegalStateException(name + ": " + reading);
  }

  private Leading lead(String prefix) {
    return new Leading(EtcdConfig.of(etcd.endpoints(), identity).withPrefix(prefix));
  }

  /// A store opened to decide over.
  private static final class Leading implements AutoCloseable {
    private final StateStore store;
    private final Runnable afterwards;

    Leading(StateStore store) {
      this.store = store;
      this.afterwards = () -> {};
    }

    Leading(EtcdConfig config) {
      EtcdClient client = new EtcdClient(config);
      EtcdBallot ballot = EtcdBallot.open(client, "benchmark.local", InstantSource.system(), 0);
      long lease = ballot.grant(LEASE_MILLIS);
      if (!(ballot.campaign(lease, "benchmark") instanceof LeaderBallot.Standing.Held held)) {
        throw new IllegalStateException("somebody else leads under " + config.prefix());
      }
      store = EtcdStateStore.openAsLeader(ballot, held.term());
      afterwards =
          () -> {
            ballot.resign(lease);
            client.close();
          };
    }

    @Override
    public void close() {
      store.close();
      afterwards.run();
    }
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
