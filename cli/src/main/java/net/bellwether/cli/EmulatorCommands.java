package net.bellwether.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bellwether.v1.ApplyRequest;
import net.bellwether.v1.ApplyResponse;
import net.bellwether.v1.BreakMemories;
import net.bellwether.v1.CutLink;
import net.bellwether.v1.DegradeLink;
import net.bellwether.v1.DescribeResponse;
import net.bellwether.v1.DriftFidelity;
import net.bellwether.v1.InterceptResend;
import net.bellwether.v1.RaiseDarkCounts;
import net.bellwether.v1.RepairLink;
import net.bellwether.v1.RepairNode;
import net.bellwether.v1.ShiftClock;
import net.bellwether.v1.ShortenCoherence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bellctl emulator`.
@Command(
    name = "emulator",
    description = {
      "Scripts emulated hardware: what befalls it, no controller or agent is told.",
      "Every value is relative to the declaration, not to what was done before; only broken "
          + "memories add up. It holds from the next frame (100 ms) on, until it is repaired."
    })
final class EmulatorCommands {
  private static final String LINK = "LINK";
  private static final String NODE = "NODE";
  private static final Pattern TIME =
      Pattern.compile("([+-]?[0-9]{1,6}(?:\\.[0-9]{1,6})?)(us|ms|s)");
  private static final Map<String, Double> MILLIS = Map.of("us", 1e-3, "ms", 1.0, "s", 1e3);

  private final Bellctl root;

  EmulatorCommands(Bellctl root) {
    this.root = root;
  }

  @Command(name = "cut", description = "Cuts a link: no attempt succeeds any more.")
  int cut(@Parameters(paramLabel = LINK, description = "link name") String link) {
    return apply(
        ApplyRequest.newBuilder().setCutLink(CutLink.newBuilder().setLink(link)).build(),
        "link " + link + " is cut");
  }

  @Command(name = "repair", description = "Undoes everything that was done to a link or a node.")
  int repair(
      @Parameters(arity = "0..1", paramLabel = LINK, description = "link name")
          @Nullable String link,
      @Option(names = "--node", paramLabel = NODE, description = "a node instead of a link")
          @Nullable String node) {
    if (link != null && node == null) {
      return apply(
          ApplyRequest.newBuilder().setRepairLink(RepairLink.newBuilder().setLink(link)).build(),
          "link " + link + " is as declared");
    }
    if (node != null && link == null) {
      return apply(
          ApplyRequest.newBuilder().setRepairNode(RepairNode.newBuilder().setNode(node)).build(),
          "node " + node + " is as declared");
    }
    throw new CommandFailure(Exit.USAGE, "either LINK or --node NODE must say what to repair");
  }

  @Command(
      name = "degrade",
      description = "Makes a link succeed less often, and its pairs noisier.")
  int degrade(
      @Parameters(paramLabel = LINK, description = "link name") String link,
      @Option(
              names = "--success-factor",
              paramLabel = "X",
              defaultValue = "1",
              description = "factor on an attempt's success probability, in [0, 1]; 1 without it")
          double successFactor,
      @Option(
              names = "--white-noise",
              paramLabel = "W",
              defaultValue = "0",
              description = "share of pairs that is maximally mixed, in [0, 1]; 0 without it")
          double whiteNoise) {
    return apply(
        ApplyRequest.newBuilder()
            .setDegradeLink(
                DegradeLink.newBuilder()
                    .setLink(link)
                    .setSuccessFactor(successFactor)
                    .setWhiteNoise(whiteNoise))
            .build(),
        "link %s has success factor %s and white noise %s"
            .formatted(link, Figures.rate(successFactor), Figures.rate(whiteNoise)));
  }

  @Command(
      name = "dark-counts",
      description = "Multiplies the dark counts of a link's detectors; rate and state follow.")
  int darkCounts(
      @Parameters(paramLabel = LINK, description = "link name") String link,
      @Option(
              names = "--factor",
              required = true,
              paramLabel = "X",
              description = "factor on the declared dark-count rate, in [0, 1e9]")
          double factor) {
    return apply(
        ApplyRequest.newBuilder()
            .setRaiseDarkCounts(RaiseDarkCounts.newBuilder().setLink(link).setFactor(factor))
            .build(),
        "link %s counts %s times its dark counts".formatted(link, Figures.rate(factor)));
  }

  @Command(
      name = "drift",
      description = "Lets a link's pairs get noisier as time goes on; 0 halts it where it got to.")
  int drift(
      @Parameters(paramLabel = LINK, description = "link name") String link,
      @Option(
              names = "--white-noise-per-hour",
              required = true,
              paramLabel = "W",
              description = "growth of the share of maximally mixed pairs, at least 0")
          double whiteNoisePerHour) {
    return apply(
        ApplyRequest.newBuilder()
            .setDriftFidelity(
                DriftFidelity.newBuilder().setLink(link).setWhiteNoisePerHour(whiteNoisePerHour))
            .build(),
        "link %s gains %s of white noise an hour".formatted(link, Figures.rate(whiteNoisePerHour)));
  }

  @Command(
      name = "eavesdrop",
      description = "Measures photons of a link in a random key basis each, and resends them.")
  int eavesdrop(
      @Parameters(paramLabel = LINK, description = "link name") String link,
      @Option(
              names = "--fraction",
              paramLabel = "X",
              defaultValue = "1",
              description = "share of the pairs, in [0, 1]; all without it")
          double fraction) {
    return apply(
        ApplyRequest.newBuilder()
            .setInterceptResend(InterceptResend.newBuilder().setLink(link).setFraction(fraction))
            .build(),
        "%s of the pairs of link %s are measured and resent"
            .formatted(Figures.percent(fraction), link));
  }

  @Command(name = "coherence", description = "Shortens T1 and T2 of a node's memory.")
  int coherence(
      @Parameters(paramLabel = NODE, description = "node name") String node,
      @Option(
              names = "--factor",
              required = true,
              paramLabel = "X",
              description = "factor on the declared times, in (0, 1]")
          double factor) {
    return apply(
        ApplyRequest.newBuilder()
            .setShortenCoherence(ShortenCoherence.newBuilder().setNode(node).setFactor(factor))
            .build(),
        "memory of node %s keeps %s of its coherence".formatted(node, Figures.percent(factor)));
  }

  @Command(
      name = "break-memory",
      description = "Breaks memory qubits of a node, with the pairs that they hold.")
  int breakMemory(
      @Parameters(paramLabel = NODE, description = "node name") String node,
      @Option(
              names = "--count",
              paramLabel = "N",
              defaultValue = "1",
              description = "how many more, at most those that work; 1 without it")
          int count) {
    return apply(
        ApplyRequest.newBuilder()
            .setBreakMemories(BreakMemories.newBuilder().setNode(node).setCount(count))
            .build(),
        "%d memory qubits of node %s are gone".formatted(count, node));
  }

  @Command(
      name = "clock",
      description =
          "Sets the clock of a node's device ahead or back; its pairs are made all the same.")
  int clock(
      @Parameters(paramLabel = NODE, description = "node name") String node,
      @Option(
              names = "--offset",
              required = true,
              paramLabel = "TIME",
              description = "how far it is ahead: 300ms, -2s, 50us; at most an hour either way")
          String offset) {
    return apply(
        ApplyRequest.newBuilder()
            .setShiftClock(
                ShiftClock.newBuilder().setNode(node).setOffsetMillis(millis("--offset", offset)))
            .build(),
        "the clock of node %s is off by %s".formatted(node, offset));
  }

  private static double millis(String option, String time) {
    Matcher matcher = TIME.matcher(time);
    if (!matcher.matches()) {
      throw new CommandFailure(
          Exit.USAGE, "%s (%s) must be a time, for example 300ms or -2s".formatted(option, time));
    }
    return Double.parseDouble(matcher.group(1)) * MILLIS.getOrDefault(matcher.group(2), 1.0);
  }

  @Command(name = "show", description = "What is in force, pairs and qubits now, attempts so far.")
  int show() {
    try (EmulatorConnection connection = EmulatorConnection.open(root)) {
      DescribeResponse response = connection.describe();
      Answers.print(root, response, () -> EmulatorTable.of(response));
    }
    return Exit.OK.code();
  }

  private int apply(ApplyRequest request, String sentence) {
    try (EmulatorConnection connection = EmulatorConnection.open(root)) {
      ApplyResponse response = connection.apply(request);
      Answers.print(
          root, response, () -> sentence + ", from frame " + response.getFromFrame() + " on\n");
    }
    return Exit.OK.code();
  }
}
