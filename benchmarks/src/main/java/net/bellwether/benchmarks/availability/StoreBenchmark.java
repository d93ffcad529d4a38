package net.bellwether.benchmarks.availability;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.benchmarks.MachineLine;
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
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.format.TopologyWriter;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.wire.GrpcChannels;
import net.bellwether.wire.TlsFiles;

/// What a decision costs over each store: sessions opened per second by the code that decides,
/// beside what the same etcd commits for one client that waits for each answer. Three members of
/// etcd on this machine, durable as deployed.
public final class StoreBenchmark {
  private static final int ETCD_MEMBERS = 3;
  private static final String SMALL = "cambridge-loop";
  private static final int OWN_TRANSACTIONS = 1_000;

  /// A frame has room for some 114 sessions on a link.
  private static final int WARM_UP = 14;

  private static final int SMALL_SESSIONS = 90;

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

  /// Argument: the script that finds etcd.
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    if (all.size() == 1) {
      measure(Path.of(all.getFirst()));
    } else {
      System.err.println("usage: StoreBenchmark FIND-ETCD");
      System.exit(2);
    }
    System.exit(0);
  }

  private static void measure(Path findEtcd) throws Exception {
    Path state = Files.createTempDirectory("bellwether-store");
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
    Network small = read(SMALL, Scenarios.document(SMALL));
    try (Leading leading = lead("/small/")) {
      double rate = opens(leading.store, small, SMALL_SESSIONS, WARM_UP);
      out.printf(
          "%s, sessions opened over etcd:     %7.0f/s, %.0f %% of etcd's own rate%n",
          SMALL, rate, 100 * rate / etcdRate);
    }
    try (StateStore embedded = SqliteStateStore.open(state.resolve("embedded"))) {
      out.printf(
          "%s, sessions opened, embedded:      %7.0f/s%n",
          SMALL, opens(embedded, small, SMALL_SESSIONS, WARM_UP));
    }
  }

  /// What etcd commits for one client that waits, without guards and without us.
  private double ownRate() {
    ManagedChannel channel =
        GrpcChannels.openByHostName(
            etcd.endpoints().getFirst(), identity, Duration.ofSeconds(5), 1 << 20);
    try {
      KVGrpc.KVBlockingStub stub = KVGrpc.newBlockingStub(channel).withWaitForReady();
      ByteString value = ByteString.copyFrom(new byte[VALUE_BYTES]);
      int count = WARM_UP + OWN_TRANSACTIONS;
      long began = 0;
      for (int i = 0; i < count; i++) {
        if (i == WARM_UP) {
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
      return (count - WARM_UP) / secondsSince(began);
    } finally {
      channel.shutdownNow();
    }
  }

  private static double opens(StateStore store, Network network, int count, int warmUp) {
    ControlCore core = core(store);
    apply(core, network);
    return opens(core, network, count, warmUp);
  }

  /// Between each two end nodes that a link joins, where there are such, else between the first two
  /// end nodes; at a rate that leaves room for all.
  private static double opens(ControlCore core, Network network, int count, int warmUp) {
    List<Pair> pairs = pairs(network);
    long began = System.nanoTime();
    for (int i = 0; i < warmUp + count; i++) {
      if (i == warmUp) {
        began = System.nanoTime();
      }
      Pair pair = pairs.get(i % pairs.size());
      SessionRequest request =
          new SessionRequest("alice", pair.from(), "bob", pair.to(), 1e-3, 0.8);
      Opening opening = core.open("acme", "request-" + i, request);
      if (!(opening instanceof Opening.Opened)) {
        throw new IllegalStateException("session " + i + " of " + pair + ": " + opening);
      }
    }
    return count / secondsSince(began);
  }

  private record Pair(NodeId from, NodeId to) {}

  private static List<Pair> pairs(Network network) {
    List<NodeId> ends =
        network.nodes().values().stream()
            .filter(node -> node.role() == NodeRole.END_NODE)
            .map(Node::id)
            .toList();
    List<Pair> joined =
        network.links().values().stream()
            .filter(link -> ends.contains(link.a()) && ends.contains(link.b()))
            .map(link -> new Pair(link.a(), link.b()))
            .toList();
    return joined.isEmpty() ? List.of(new Pair(ends.getFirst(), ends.getLast())) : joined;
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
    if (TopologyReader.read(name, document) instanceof TopologyReading.Valid(Network network)) {
      return network;
    }
    throw new IllegalStateException(name + " is broken");
  }

  private Leading lead(String prefix) {
    return new Leading(EtcdConfig.of(etcd.endpoints(), identity).withPrefix(prefix));
  }

  /// A leadership, and the store opened under it.
  private static final class Leading implements AutoCloseable {
    private final EtcdClient client;
    private final EtcdBallot ballot;
    private final long lease;
    private final StateStore store;

    Leading(EtcdConfig config) {
      client = new EtcdClient(config);
      ballot = EtcdBallot.open(client, "benchmark.local", InstantSource.system(), 0);
      lease = ballot.grant(LEASE_MILLIS);
      if (!(ballot.campaign(lease, "benchmark") instanceof LeaderBallot.Standing.Held held)) {
        throw new IllegalStateException("somebody else leads under " + config.prefix());
      }
      store = EtcdStateStore.openAsLeader(ballot, held.term());
    }

    @Override
    public void close() {
      store.close();
      ballot.resign(lease);
      client.close();
    }
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
