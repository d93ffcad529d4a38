package net.bellwether.agent;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import net.bellwether.wire.BuildVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The node agent's program.
@Command(
    name = "bellwether-node-agent",
    description = "Runs rule sets on the quantum hardware of one or more nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = NodeAgentMain.Version.class)
public final class NodeAgentMain implements Callable<Integer> {
  private static final int CANNOT_START = 1;
  private static final int WRONG_CONFIGURATION = 2;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Configuration of a node; repeat for several nodes.")
  private List<Path> configs = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final CountDownLatch stop = new CountDownLatch(1);

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bellwether-node-agent " + BuildVersion.current()};
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new NodeAgentMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<AgentConfig> nodes = new ArrayList<>();
    boolean wrong = false;
    for (Path file : configs) {
      try {
        nodes.add(AgentConfigReader.read(file));
      } catch (AgentConfigReader.ConfigMistakes e) {
        err.println(e.getMessage());
        wrong = true;
      }
    }
    if (wrong) {
      return WRONG_CONFIGURATION;
    }
    List<NodeAgent> agents = new ArrayList<>();
    try {
      for (AgentConfig node : nodes) {
        agents.add(start(node, out));
      }
    } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
      err.println(e.getMessage());
      agents.forEach(NodeAgent::close);
      return CANNOT_START;
    }
    Thread stopping = Thread.ofPlatform().name("stop").unstarted(() -> stop(agents));
    Runtime.getRuntime().addShutdownHook(stopping);
    stop.await();
    return 0;
  }

  private static NodeAgent start(AgentConfig config, PrintWriter out) {
    NodeAgent agent = NodeAgent.start(config);
    out.println("agent " + agent.node() + " listening on " + agent.peerEndpoint());
    agent
        .keyEndpoint()
        .ifPresent(endpoint -> out.println("keys of " + agent.node() + " at https://" + endpoint));
    agent
        .applicationEndpoint()
        .ifPresent(endpoint -> out.println("applications of " + agent.node() + " at " + endpoint));
    out.flush();
    return agent;
  }

  private void stop(List<NodeAgent> agents) {
    agents.reversed().forEach(NodeAgent::close);
    stop.countDown();
  }
}
