package net.bellwether.emulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.topology.Network;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;
import net.bellwether.wire.BuildVersion;
import net.bellwether.wire.TlsFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The program. Exit codes: 0 stopped by a signal, 1 could not run, 2 wrong arguments or topology.
@Command(
    name = "bellwether-emulator",
    mixinStandardHelpOptions = true,
    versionProvider = EmulatorMain.Version.class,
    description = "Stands in for the quantum hardware of every node of a topology.")
public final class EmulatorMain implements Callable<Integer> {
  private static final int COULD_NOT_RUN = 1;
  private static final int WRONG_INPUT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--topology",
      required = true,
      paramLabel = "FILE",
      description = "What the network is.")
  private Path topology = Path.of("");

  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Address to listen on; port 0 takes a free one.")
  private String listen = "";

  @Option(
      names = "--identity",
      required = true,
      paramLabel = "DIR",
      description = "Directory with cert.pem, key.pem and ca.pem.")
  private Path identity = Path.of("");

  @Option(
      names = "--herald-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port for the nodes' herald connections; 0 takes a free one.")
  private int heraldPort;

  @Option(
      names = "--heralds-over-udp",
      description = "Send heralds in datagrams, which anybody on their way can read and forge.")
  private boolean heraldsOverUdp;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all chance; by default the time of the start.")
  private long seed = System.currentTimeMillis();

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bellwether-emulator " + BuildVersion.current()};
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new EmulatorMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String text;
    InetSocketAddress address;
    try {
      text = Files.readString(topology);
      address = address(listen);
    } catch (IOException unreadable) {
      err.println("--topology (" + topology + ") must be a readable file: " + unreadable);
      return WRONG_INPUT;
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      return WRONG_INPUT;
    }
    return switch (TopologyReader.read(topology.toString(), text)) {
      case TopologyReading.Invalid invalid -> {
        invalid.mistakes().forEach(err::println);
        yield WRONG_INPUT;
      }
      case TopologyReading.Valid valid -> run(valid.network(), address, out, err);
    };
  }

  private int run(Network network, InetSocketAddress address, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    Emulator emulator;
    try {
      TlsFiles tls = new TlsFiles(identity);
      HeraldServer heralds =
          HeraldServer.start(
              new InetSocketAddress(address.getHostString(), heraldPort), heraldsOverUdp, tls);
      emulator = Emulator.start(network, address, heralds, tls, seed, System.currentTimeMillis());
    } catch (IllegalStateException | IllegalArgumentException failure) {
      err.println(failure.getMessage());
      return COULD_NOT_RUN;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "stop"));
    out.println("emulator listening on " + address.getHostString() + ":" + emulator.port());
    out.flush();
    emulator.awaitTermination();
    return 0;
  }

  static InetSocketAddress address(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    try {
      int port = Integer.parseInt(hostPort.substring(colon + 1));
      if (colon > 0 && port >= 0 && port <= 65_535) {
        return new InetSocketAddress(hostPort.substring(0, colon), port);
      }
    } catch (NumberFormatException notANumber) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        "--listen (" + hostPort + ") must be HOST:PORT with a port in 0 to 65535");
  }
}
