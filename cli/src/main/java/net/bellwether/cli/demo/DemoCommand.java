package net.bellwether.cli.demo;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.scenario.Scenarios;
import net.bellwether.v1.NodeStatus;
import net.bellwether.v1.PlanRequestResponse;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionSpec;
import net.bellwether.v1.SessionState;
import net.bellwether.wire.RpcErrors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellwether demo`: a scenario from its topology file to the same key in two consumers' hands.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a scenario on this machine: emulator, controller and node agents as processes of their "
          + "own, a key session between two consumers, and the same key fetched at both ends by curl."
    })
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
public final class DemoCommand implements Callable<Integer> {
  private static final String TENANT = "demo";
  private static final String FROM_SAE = "alice";
  private static final String TO_SAE = "bob";
  private static final int KEY_BITS = 256;
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(60);
  private static final Duration KEY_PATIENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "cambridge-loop",
      paramLabel = "SCENARIO",
      description = "Scenario of the library (default: ${DEFAULT-VALUE}).")
  private String scenario;

  @Option(names = "--once", description = "Leave after the first key instead of staying up.")
  private boolean once;

  @Option(names = "--idle", description = "Only start the network; open no session, and stay up.")
  private boolean idle;

  @Option(
      names = "--controllers",
      defaultValue = "1",
      paramLabel = "N",
      description = "Controllers, odd; several share an etcd of N members (default: 1).")
  private int controllers;

  @Option(
      names = "--find-etcd",
      defaultValue = "${sys:bellwether.find-etcd}",
      hidden = true,
      description = "Script that prints where etcd is.")
  private Path findEtcd;

  @Option(
      names = "--state-dir",
      defaultValue = ".state/demo",
      description =
          "Where keys, certificates and logs go; emptied first (default: ${DEFAULT-VALUE}).")
  private Path stateDirectory;

  @Option(
      names = "--lib",
      defaultValue = "${sys:bellwether.lib}",
      hidden = true,
      description = "Folder of the program libraries.")
  private Path libraries;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      String document = Scenarios.document(scenario);
      Network network = read(document);
      try (StateDirectory state = StateDirectory.emptied(stateDirectory.toAbsolutePath())) {
        run(network, document, state.path(), out);
      }
      return 0;
    } catch (io.grpc.StatusRuntimeException e) {
      return fail(RpcErrors.describe(e));
    } catch (IllegalArgumentException
        | IllegalStateException
        | UncheckedIOException
        | KeyDelivery.Refused e) {
      return fail(String.valueOf(e.getMessage()));
    }
  }

  private int fail(String message) {
    spec.commandLine().getErr().println("error: " + message);
    return 1;
  }

  private Network read(String document) {
    return switch (TopologyReader.read(scenario + ".yaml", document)) {
      case TopologyReading.Valid(Network network) -> network;
      case TopologyReading.Invalid(var mistakes) ->
          throw new IllegalStateException("scenario " + scenario + " is broken: " + mistakes);
    };
  }

  private void run(Network network, String document, Path state, PrintWriter out)
      throws InterruptedException {
    Progress progress = new Progress(out);
    Scenarios.Ends ends = Scenarios.demoEnds(network);
    NodeId from = ends.from();
    NodeId to = ends.to();
    out.printf(
        "Scenario %s: %d nodes, %d links; key between %s at %s and %s at %s.%nState and logs: %s%n",
        scenario,
        network.nodes().size(),
        network.links().size(),
        FROM_SAE,
        from,
        TO_SAE,
        to,
        state);
    LocalNetwork local =
        LocalNetwork.start(
            libraries,
            state,
            network,
            document,
            new LocalNetwork.Controllers(controllers, findEtcd),
            progress::say);
    Thread hook = new Thread(local::close, "stop everything");
    Runtime.getRuntime().addShutdownHook(hook);
    try (ControllerClient operator =
            new ControllerClient(local.controllerEndpoint(), local.operator());
        ControllerClient tenant =
            new ControllerClient(local.controllerEndpoint(), local.consumer(TENANT, FROM_SAE))) {
      operator.applyTopology(scenario + ".yaml", document);
      progress.say("topology applied");
      progress.await(
          "agents connecting",
          CONNECT_PATIENCE,
          () -> operator.nodes().stream().allMatch(NodeStatus::getConnected),
          () -> missing(operator));
      if (idle) {
        endpoints(local, from, to, out);
        new CountDownLatch(1).await();
      }
      Session session =
          tenant.open(
              SessionSpec.newBuilder()
                  .setFromSae(FROM_SAE)
                  .setFromNode(from.value())
                  .setToSae(TO_SAE)
                  .setToNode(to.value())
                  .build());
      String id = session.getSessionId();
      progress.say(
          "session %s opened, promised %.0f pairs/s at fidelity %.4f by this plan:"
              .formatted(id, session.getPromisedPairsPerSecond(), session.getPlan().getFidelity()));
      session.getPlan().getTree().lines().forEach(line -> out.println("            " + line));
      progress.await(
          "installing rules",
          CONNECT_PATIENCE,
          () -> tenant.session(id).getState() == SessionState.SESSION_STATE_ACTIVE,
          () -> tenant.session(id).getStateDetail());
      progress.say("rules active at every node of the plan");
      fetch(local, tenant, id, from, to, progress, out);
      progress.await(
          "waiting for measured figures",
          CONNECT_PATIENCE,
          () -> hasFigures(tenant.session(id)),
          () -> distilling(tenant.session(id)));
      Comparison.print(tenant.session(id), out);
      memory(local, out);
      if (!once) {
        addresses(local, session.getPlan(), from, to, out);
        new CountDownLatch(1).await();
      }
    } finally {
      local.close();
      progress.say("stopped everything");
    }
  }

  private void fetch(
      LocalNetwork local,
      ControllerClient tenant,
      String id,
      NodeId from,
      NodeId to,
      Progress progress,
      PrintWriter out) {
    KeyDelivery alice =
        new KeyDelivery(local.consumer(TENANT, FROM_SAE), local.keyEndpoint(from), TO_SAE);
    KeyDelivery bob =
        new KeyDelivery(local.consumer(TENANT, TO_SAE), local.keyEndpoint(to), FROM_SAE);
    progress.await(
        "distilling key",
        KEY_PATIENCE,
        () -> stock(alice) > 0 || stock(bob) > 0,
        () -> distilling(tenant.session(id)));
    // Each half of a block has one owning end, which alone may begin to deliver from it.
    boolean fromOwns = stock(alice) > 0;
    KeyDelivery first = fromOwns ? alice : bob;
    KeyDelivery second = fromOwns ? bob : alice;
    out.printf(
        "%n$ curl … %s   # %s%n",
        first.url("enc_keys?number=1&size=" + KEY_BITS), second.peerSae());
    Map.Entry<String, String> atOwner = first.encryptionKeys(1, KEY_BITS).firstEntry();
    out.printf("  key %s: %s%n", atOwner.getKey(), atOwner.getValue());
    out.printf("$ curl … %s   # %s%n", second.url("dec_keys"), first.peerSae());
    Map.Entry<String, String> atPeer =
        second.decryptionKeys(List.of(atOwner.getKey())).firstEntry();
    out.printf("  key %s: %s%n", atPeer.getKey(), atPeer.getValue());
    if (!atOwner.equals(atPeer)) {
      throw new IllegalStateException("the two ends were given different keys");
    }
    progress.say("the same %d-bit key at both ends".formatted(KEY_BITS));
    out.println();
  }

  private static long stock(KeyDelivery delivery) {
    try {
      return delivery.storedKeyCount();
    } catch (KeyDelivery.Refused _) {
      // The key manager does not know the session yet.
      return 0;
    }
  }

  private static boolean hasFigures(Session session) {
    return session.getAchieved().getFidelity() > 0 && session.getAchieved().getKeyBits() > 0;
  }

  private static String distilling(Session session) {
    return session.hasAchieved()
        ? "%d pairs delivered, %d bits of key"
            .formatted(session.getAchieved().getPairCount(), session.getAchieved().getKeyBits())
        : "no pairs reported yet";
  }

  private static String missing(ControllerClient operator) {
    return "waiting for "
        + operator.nodes().stream()
            .filter(node -> !node.getConnected())
            .map(NodeStatus::getNode)
            .toList();
  }

  private static void memory(LocalNetwork local, PrintWriter out) {
    out.print("  resident memory:");
    for (Program program : local.programs()) {
      program
          .residentMegabytes()
          .ifPresent(megabytes -> out.printf(" %s %d MB,", program.name(), megabytes));
    }
    out.println();
  }

  /// What a tenant needs for sessions of its own.
  private static void endpoints(LocalNetwork local, NodeId from, NodeId to, PrintWriter out) {
    out.printf(
        """

        Up until Ctrl-C, without a session. Open one, in another terminal:
          export BELLWETHER_CONTROLLER=%s
          ALICE=%s
          BOB=%s
          ./bellctl --identity $ALICE session open --from %s@%s --to %s@%s --wait
        Applications of %s at %s as $ALICE
        Applications of %s at %s as $BOB
        """,
        local.controllerEndpoint(),
        local.consumer(TENANT, FROM_SAE).directory(),
        local.consumer(TENANT, TO_SAE).directory(),
        FROM_SAE,
        from,
        TO_SAE,
        to,
        from,
        local.applicationEndpoint(from),
        to,
        local.applicationEndpoint(to));
    out.flush();
  }

  private static void addresses(
      LocalNetwork local, PlanRequestResponse plan, NodeId from, NodeId to, PrintWriter out) {
    String link = plan.getPairsConsumedPerLinkMap().keySet().iterator().next();
    out.printf(
        """

        Up until Ctrl-C. Try, in another terminal:
          export BELLWETHER_CONTROLLER=%s BELLWETHER_IDENTITY=%s
          ./bellctl node ls; ./bellctl link ls; ./bellctl session ls; ./bellctl key status
        Let something befall the hardware, which the controller is not told:
          export BELLWETHER_EMULATOR=%s
          ./bellctl emulator cut %s; ./bellctl emulator show; ./bellctl emulator repair %s
        Keys of %s at https://%s as %s, applications at %s
        Keys of %s at https://%s as %s, applications at %s
        """,
        local.controllerEndpoint(),
        local.operator().directory(),
        local.emulatorEndpoint(),
        link,
        link,
        from,
        local.keyEndpoint(from),
        local.consumer(TENANT, FROM_SAE).directory(),
        local.applicationEndpoint(from),
        to,
        local.keyEndpoint(to),
        local.consumer(TENANT, TO_SAE).directory(),
        local.applicationEndpoint(to));
    out.flush();
  }
}
