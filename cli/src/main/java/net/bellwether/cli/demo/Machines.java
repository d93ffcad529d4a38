package net.bellwether.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Machines of their own for some programs, all on this one: network namespaces, and an Ethernet
/// between them and this machine. Each hangs on a wire that can be cut, throttled and made to lose
/// packets. Needs Linux, root and iproute2; packets are lost only where nft is installed. Safe for
/// use by many threads, as long as each keeps to a machine of its own.
public final class Machines implements LocalNetwork.Sites, AutoCloseable {
  private static final int COUNT_MAX = 200;

  /// Bytes that pass at once, and milliseconds that packets wait for more; a full segment of 64 KiB
  /// must fit.
  private static final String BURST = "64kb";

  private static final String QUEUE = "400ms";

  /// Names of machines are `PREFIX-NUMBER`, so that runs side by side keep apart.
  private final String prefix = "bw" + ProcessHandle.current().pid();

  private final String subnet;
  private final List<Integer> numbers;
  private final boolean canLosePackets;

  private Machines(int count) {
    long pid = ProcessHandle.current().pid();
    this.subnet = "10." + (64 + pid / 256 % 64) + "." + pid % 256 + ".";
    this.numbers = IntStream.rangeClosed(1, count).boxed().toList();
    this.canLosePackets = succeeds("nft --version");
  }

  /// Machines 1 to `count`.
  ///
  /// @throws IllegalStateException saying why that is not possible here
  public static Machines create(int count) {
    if (count < 1 || count > COUNT_MAX) {
      throw new IllegalArgumentException("count (" + count + ") must be in [1, " + COUNT_MAX + "]");
    }
    Machines machines = new Machines(count);
    if (succeeds("ip link show " + machines.bridge())) {
      throw new IllegalStateException("there is a bridge " + machines.bridge() + " already");
    }
    boolean complete = false;
    try {
      set("ip link add " + machines.bridge() + " type bridge");
      set("ip address add " + machines.gateway() + "/24 dev " + machines.bridge());
      set("ip link set " + machines.bridge() + " up");
      machines.numbers.forEach(machines::add);
      complete = true;
      return machines;
    } finally {
      if (!complete) {
        machines.close();
      }
    }
  }

  private void add(int number) {
    set("ip netns add " + name(number));
    set("ip link add " + wire(number) + " type veth peer name eth0 netns " + name(number));
    set("ip link set " + wire(number) + " master " + bridge() + " up");
    inside(number, "ip address add " + host(number) + "/24 dev eth0");
    inside(number, "ip link set eth0 up");
    inside(number, "ip link set lo up");
    if (canLosePackets) {
      inside(number, "nft add table inet wire");
      inside(number, "nft add chain inet wire in { type filter hook input priority 0; }");
      inside(number, "nft add chain inet wire out { type filter hook output priority 0; }");
    }
  }

  private String bridge() {
    return prefix + "b";
  }

  private String wire(int number) {
    return prefix + "w" + number;
  }

  private String name(int number) {
    return prefix + "-" + number;
  }

  /// Where this machine is for the others.
  public String gateway() {
    return subnet + "1";
  }

  /// Where machine `number` is for the others and for this one.
  @Override
  public String host(int number) {
    return subnet + (10 + number);
  }

  @Override
  public List<String> addresses() {
    return Stream.concat(Stream.of(gateway()), numbers.stream().map(this::host)).toList();
  }

  /// `command`, to be run on machine `number`; signals reach the program itself.
  @Override
  public List<String> on(int number, List<String> command) {
    List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", name(number)));
    there.addAll(command);
    return there;
  }

  /// Nothing passes its wire any more.
  public void cut(int number) {
    set("ip link set " + wire(number) + " down");
  }

  /// Puts the wire back.
  public void join(int number) {
    set("ip link set " + wire(number) + " up");
  }

  /// Lets so much pass its wire in each direction, and no more.
  public void throttle(int number, int kilobitsPerSecond) {
    String limit =
        " root tbf rate %dkbit burst %s latency %s".formatted(kilobitsPerSecond, BURST, QUEUE);
    set("tc qdisc replace dev " + wire(number) + limit);
    inside(number, "tc qdisc replace dev eth0" + limit);
  }

  /// Lets everything pass again.
  public void unthrottle(int number) {
    set("tc qdisc delete dev " + wire(number) + " root");
    inside(number, "tc qdisc delete dev eth0 root");
  }

  /// Whether `lose` is possible here.
  public boolean canLosePackets() {
    return canLosePackets;
  }

  /// Loses so many of a hundred packets, in each direction, at random; 0 none.
  public void lose(int number, int percent) {
    inside(number, "nft flush table inet wire");
    if (percent > 0) {
      String some = percent < 100 ? " numgen random mod 100 < " + percent + " drop" : " drop";
      inside(number, "nft add rule inet wire in iifname != lo" + some);
      inside(number, "nft add rule inet wire out oifname != lo" + some);
    }
  }

  private void inside(int number, String command) {
    require(on(number, words(command)));
  }

  private static void set(String command) {
    require(words(command));
  }

  private static List<String> words(String command) {
    return List.of(command.split(" "));
  }

  private static void require(List<String> command) {
    Ended ended = run(command);
    if (ended.status() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + ended.said());
    }
  }

  private static boolean succeeds(String command) {
    try {
      return run(words(command)).status() == 0;
    } catch (IllegalStateException _) {
      return false;
    }
  }

  private record Ended(int status, String said) {}

  private static Ended run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Ended(process.waitFor(), said);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot run " + command.getFirst(), new UncheckedIOException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
    }
  }

  /// Takes the machines away; programs on them go on without a network.
  @Override
  public void close() {
    for (int number : numbers) {
      // Its namespace goes when the last program there has ended; the wire goes at once.
      succeeds("ip link delete " + wire(number));
      succeeds("ip netns delete " + name(number));
    }
    succeeds("ip link delete " + bridge());
  }
}
