package net.bellwether.simulation.run;

import net.bellwether.emulator.nature.Happening;

/// What befell the hardware, for people.
final class HappeningText {
  private HappeningText() {}

  static String of(Happening happening) {
    return switch (happening) {
      case Happening.CutLink(var link) -> "link " + link + " is cut";
      case Happening.RepairLink(var link) -> "link " + link + " is repaired";
      case Happening.DegradeLink(var link, double successFactor, double whiteNoise) ->
          "link %s succeeds %s times as often, white noise %s"
              .formatted(link, successFactor, whiteNoise);
      case Happening.RaiseDarkCounts(var link, double factor) ->
          "dark counts of link %s are %s times as many".formatted(link, factor);
      case Happening.DriftFidelity(var link, double whiteNoisePerHour) ->
          "white noise of link %s grows by %s an hour".formatted(link, whiteNoisePerHour);
      case Happening.InterceptResend(var link, double fraction) ->
          "an eavesdropper measures %s of the pairs of link %s".formatted(fraction, link);
      case Happening.ShortenCoherence(var node, double factor) ->
          "memory of node %s coheres %s times as long".formatted(node, factor);
      case Happening.BreakMemories(var node, int count) ->
          "%d memory qubits of node %s break".formatted(count, node);
      case Happening.ShiftClock(var node, double offsetMillis) ->
          "the clock of node %s is off by %s ms".formatted(node, offsetMillis);
      case Happening.RepairNode(var node) -> "node " + node + " is repaired";
    };
  }
}
