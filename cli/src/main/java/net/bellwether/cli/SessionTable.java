package net.bellwether.cli;

import java.util.List;
import java.util.Locale;
import net.bellwether.v1.Achieved;
import net.bellwether.v1.Session;
import net.bellwether.v1.SessionKind;

/// Sessions for a person.
final class SessionTable {
  private static final String NONE = "-";

  private SessionTable() {}

  static String list(List<Session> sessions) {
    Table table =
        new Table(
            "SESSION",
            "STATE",
            "FROM",
            "TO",
            "PROMISED/S",
            "DELIVERED/S",
            "FIDELITY",
            "MEASURED",
            "KEY BIT/S");
    for (Session session : sessions) {
      table.row(
          session.getSessionId(),
          state(session),
          from(session),
          to(session),
          Figures.rate(session.getPromisedPairsPerSecond()),
          deliveredPerSecond(session),
          session.hasPlan() ? Figures.fidelity(session.getPlan().getFidelity()) : NONE,
          measuredFidelity(session),
          keyBitsPerSecond(session));
    }
    return table.text();
  }

  static String keys(List<Session> sessions) {
    Table table =
        new Table(
            "SESSION",
            "STATE",
            "TENANT",
            "FROM",
            "TO",
            "KEY BITS",
            "KEY BIT/S",
            "PREDICTED BIT/S",
            "DELIVERED",
            "BURNT",
            "QBER Z",
            "QBER X");
    for (Session session : sessions) {
      boolean achieved = session.hasAchieved();
      table.row(
          session.getSessionId(),
          state(session),
          session.getTenant(),
          from(session),
          to(session),
          achieved ? String.valueOf(session.getAchieved().getKeyBits()) : NONE,
          keyBitsPerSecond(session),
          session.hasPlan() ? Figures.rate(session.getPlan().getFiniteKeyBitsPerSecond()) : NONE,
          achieved ? String.valueOf(session.getAchieved().getDeliveredKeyCount()) : NONE,
          achieved ? String.valueOf(session.getAchieved().getBurntKeyCount()) : NONE,
          achieved ? Figures.percent(session.getAchieved().getQberZ()) : NONE,
          achieved ? Figures.percent(session.getAchieved().getQberX()) : NONE);
    }
    return table.text();
  }

  static String show(Session session) {
    StringBuilder text = new StringBuilder();
    line(text, "session", session.getSessionId());
    line(text, "tenant", session.getTenant());
    line(text, "state", stateWithDetail(session));
    line(text, "ends", from(session) + " – " + to(session));
    if (isKept(session)) {
      line(
          text,
          "pairs",
          "kept for the consumers, up to %d ms".formatted(session.getSpec().getHoldMilliseconds()));
    }
    line(text, "promised", Figures.rate(session.getPromisedPairsPerSecond()) + " pairs/s");
    line(text, "link time held", Figures.percent(session.getShare()));
    line(text, "generation", String.valueOf(session.getGeneration()));
    if (session.hasAchieved()) {
      line(text, "measured", measured(session));
    }
    if (session.hasPlan()) {
      text.append("\nplan, predicted\n").append(figures(session));
      text.append('\n').append(session.getPlan().getTree().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /// Without key where none is made.
  private static String figures(Session session) {
    String figures = PlanTable.figures(session.getPlan());
    return isKept(session) ? figures.replaceAll("(?m)^secret key .*\\R", "") : figures;
  }

  /// One line of a watch.
  static String line(Session session) {
    return session.getSessionId()
        + " "
        + stateWithDetail(session)
        + (session.hasAchieved() ? "; " + measured(session) : "");
  }

  static String stateWithDetail(Session session) {
    String detail = session.getStateDetail();
    return detail.isEmpty() ? state(session) : state(session) + ": " + detail;
  }

  static String state(Session session) {
    return session.getState().name().replace("SESSION_STATE_", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isKept(Session session) {
    return session.getSpec().getKind() == SessionKind.SESSION_KIND_CREATE_AND_KEEP;
  }

  private static String measured(Session session) {
    Achieved achieved = session.getAchieved();
    if (isKept(session)) {
      return deliveredPerSecond(session) + " pairs/s";
    }
    return "%s pairs/s, fidelity %s, error rates Z %s, X %s, key %s bit/s (%d bits)"
        .formatted(
            deliveredPerSecond(session),
            measuredFidelity(session),
            Figures.percent(achieved.getQberZ()),
            Figures.percent(achieved.getQberX()),
            keyBitsPerSecond(session),
            achieved.getKeyBits());
  }

  private static String deliveredPerSecond(Session session) {
    Achieved achieved = session.getAchieved();
    return achieved.getSeconds() > 0
        ? Figures.rate(achieved.getPairCount() / achieved.getSeconds())
        : NONE;
  }

  private static String measuredFidelity(Session session) {
    Achieved achieved = session.getAchieved();
    return achieved.getFidelity() > 0
        ? Figures.fidelity(achieved.getFidelity())
            + " ± "
            + Figures.fidelity(achieved.getFidelityHalfWidth())
        : NONE;
  }

  private static String keyBitsPerSecond(Session session) {
    Achieved achieved = session.getAchieved();
    return achieved.getKeySeconds() > 0
        ? Figures.rate(achieved.getKeyBits() / achieved.getKeySeconds())
        : NONE;
  }

  private static String from(Session session) {
    return session.getSpec().getFromSae() + "@" + session.getSpec().getFromNode();
  }

  private static String to(Session session) {
    return session.getSpec().getToSae() + "@" + session.getSpec().getToNode();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-14s  %s\n", name, value));
  }
}
