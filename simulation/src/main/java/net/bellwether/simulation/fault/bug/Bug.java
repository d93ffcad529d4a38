package net.bellwether.simulation.fault.bug;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.bellwether.simulation.fault.world.FaultKind;
import net.bellwether.topology.document.NearestName;

/// What is planted, if anything: never in the product, but in what the simulation hands it.
public enum Bug {
  NONE("nothing is broken"),
  STORE_IGNORES_TERM("the store takes writes of leaders that were deposed"),
  STORE_REPEATS_TERMS("every leader writes under the same term"),
  STORE_FORGETS("the store now and then loses what it has acknowledged"),
  PLANNER_FORGETS_SESSIONS("the planner does not see what other sessions hold"),
  ORDERS_UNSYNCED("an agent answers before its orders are on the disk"),
  LEDGER_UNSYNCED("a key manager answers before its ledger is on the disk"),
  AGENT_TAKES_LOWER_TERMS("agents obey leaders that were deposed"),
  AGENT_IGNORES_REMOVAL("agents do not forget rules when they are told to"),
  AGENT_STOPS_ALONE("agents drop their rules when they lose the controller"),
  BOOT_EPOCH_STUCK("agents start under the same epoch again and again"),
  HERALDS_OF_ANOTHER_GENERATION("a device tells of pairs under the newest rules it was given"),
  KEY_BITS_DIFFER("one end stores another bit of key than the other");

  private final String description;

  Bug(String description) {
    this.description = description;
  }

  /// The faults under which it shows, beside the usual work.
  public Set<FaultKind> shownBy() {
    return switch (this) {
      case STORE_IGNORES_TERM ->
          EnumSet.of(
              FaultKind.CONTROLLER_PAUSE, FaultKind.CONTROLLER_LAG, FaultKind.STORE_UNREACHABLE);
      case STORE_REPEATS_TERMS, STORE_FORGETS -> EnumSet.of(FaultKind.CONTROLLER_CRASH);
      case ORDERS_UNSYNCED, LEDGER_UNSYNCED, BOOT_EPOCH_STUCK -> EnumSet.of(FaultKind.AGENT_CRASH);
      case AGENT_TAKES_LOWER_TERMS ->
          EnumSet.of(
              FaultKind.CONTROLLER_LAG,
              FaultKind.CONTROLLER_PAUSE,
              FaultKind.STORE_UNREACHABLE,
              FaultKind.STREAM_BROKEN);
      case AGENT_STOPS_ALONE -> EnumSet.of(FaultKind.STREAM_BROKEN);
      case HERALDS_OF_ANOTHER_GENERATION -> EnumSet.of(FaultKind.LINK_CUT);
      case NONE, PLANNER_FORGETS_SESSIONS, AGENT_IGNORES_REMOVAL, KEY_BITS_DIFFER ->
          EnumSet.noneOf(FaultKind.class);
    };
  }

  public String description() {
    return description;
  }

  /// As people write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// IllegalArgumentException names what there is.
  public static Bug parse(String text) {
    List<String> names = Arrays.stream(values()).map(Bug::text).toList();
    int index = names.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          "break (%s) must be one of %s%s"
              .formatted(text, String.join(", ", names), NearestName.hint(text, names)));
    }
    return values()[index];
  }
}
