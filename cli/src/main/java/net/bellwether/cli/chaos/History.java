package net.bellwether.cli.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.bellwether.cli.chaos.FinalState.Found;
import net.bellwether.v1.SessionSpec;
import org.jspecify.annotations.Nullable;

/// Everything that clients asked for and learnt during a run, and the check of it against what the
/// controller says at the end. A session does not tell the request that opened it, so every request
/// asks for a spec of its own. May be filled by several threads.
final class History {
  /// Shares are sums of floating-point numbers.
  private static final double SHARE_TOLERANCE = 1e-9;

  private static final class Request {
    private final SessionSpec spec;
    private final SequencedSet<String> sessionIds = new LinkedHashSet<>();
    private final Set<SessionSpec> otherSpecs = new LinkedHashSet<>();
    private boolean refused;

    Request(SessionSpec spec) {
      this.spec = spec;
    }
  }

  private record Fetched(String side, String keyId, String bits) {}

  private record Term(long askedNanos, long answeredNanos, long term, String endpoint) {}

  private final SequencedMap<String, Request> requests = new LinkedHashMap<>();
  private final Map<SessionSpec, String> requestOfSpec = new HashMap<>();
  private final Set<String> closesAsked = new HashSet<>();
  private final SequencedSet<String> closesAcknowledged = new LinkedHashSet<>();
  private final List<Fetched> fetched = new ArrayList<>();
  private final List<Term> terms = new ArrayList<>();
  private final Map<Operation, Map<Outcome, Long>> attempts = new EnumMap<>(Operation.class);

  /// Before the first attempt.
  ///
  /// @throws IllegalArgumentException where another request asked for the same
  synchronized void openAsked(String requestId, SessionSpec spec) {
    String other = requestOfSpec.putIfAbsent(spec, requestId);
    if (other != null) {
      throw new IllegalArgumentException(
          "spec of request %s must differ from that of request %s".formatted(requestId, other));
    }
    requests.put(requestId, new Request(spec));
  }

  synchronized void openAcknowledged(String requestId, String sessionId, SessionSpec spec) {
    Request request = request(requestId);
    request.sessionIds.add(sessionId);
    if (!spec.equals(request.spec)) {
      request.otherSpecs.add(spec);
    }
  }

  /// Only where the first attempt was refused: what an attempt without an answer did is not undone
  /// by a later refusal.
  synchronized void openRefused(String requestId) {
    request(requestId).refused = true;
  }

  /// Before the first attempt.
  synchronized void closeAsked(String sessionId) {
    closesAsked.add(sessionId);
  }

  synchronized void closeAcknowledged(String sessionId) {
    closesAcknowledged.add(sessionId);
  }

  /// A consumer at `side` was given a key, by either call.
  synchronized void keyFetched(String side, String keyId, String bits) {
    fetched.add(new Fetched(side, keyId, bits));
  }

  /// Somebody asked and was told who leads.
  synchronized void termSeen(long askedNanos, long answeredNanos, long term, String endpoint) {
    terms.add(new Term(askedNanos, answeredNanos, term, endpoint));
  }

  /// One attempt at an operation ended.
  synchronized void attempted(Operation operation, Outcome outcome) {
    attempts
        .computeIfAbsent(operation, _ -> new EnumMap<>(Outcome.class))
        .merge(outcome, 1L, Long::sum);
  }

  synchronized long attempts(Operation operation, Outcome outcome) {
    return attempts.getOrDefault(operation, Map.of()).getOrDefault(outcome, 0L);
  }

  synchronized List<Verdict> check(FinalState end) {
    return List.of(
        acknowledgedOpensStand(end),
        closesStand(end),
        nothingUnasked(end),
        oneSessionEach(end),
        keysOnce(),
        keysEqual(),
        linksHold(end),
        termsRise());
  }

  private Request request(String requestId) {
    Request request = requests.get(requestId);
    if (request == null) {
      throw new IllegalArgumentException("request (" + requestId + ") must have been asked before");
    }
    return request;
  }

  private Verdict acknowledgedOpensStand(FinalState end) {
    Map<String, Found> byId = byId(end);
    List<String> violations = new ArrayList<>();
    long checked = 0;
    for (var entry : requests.entrySet()) {
      Request request = entry.getValue();
      for (SessionSpec other : request.otherSpecs) {
        violations.add(
            "request %s was answered with another spec: %s".formatted(entry.getKey(), text(other)));
      }
      for (String id : request.sessionIds) {
        checked++;
        Found found = byId.get(id);
        if (found == null) {
          violations.add("session %s of request %s is lost".formatted(id, entry.getKey()));
        } else if (!found.spec().equals(request.spec)) {
          violations.add(
              "session %s has another spec than asked for: %s".formatted(id, text(found.spec())));
        } else if (found.closed() && !closesAsked.contains(id)) {
          violations.add("session %s is closed, and nobody closed it".formatted(id));
        }
      }
    }
    return new Verdict(
        "every acknowledged open is there as asked for, closed only if somebody closed it",
        checked,
        violations);
  }

  private Verdict closesStand(FinalState end) {
    Map<String, Found> byId = byId(end);
    List<String> violations =
        closesAcknowledged.stream()
            .filter(id -> isOpen(byId.get(id)))
            .map(id -> "session %s is not closed, and its close was acknowledged".formatted(id))
            .toList();
    return new Verdict("every acknowledged close is closed", closesAcknowledged.size(), violations);
  }

  /// A lost one is told by another promise.
  private static boolean isOpen(@Nullable Found found) {
    return found != null && !found.closed();
  }

  private Verdict nothingUnasked(FinalState end) {
    List<String> violations = new ArrayList<>();
    for (Found found : end.sessions()) {
      String requestId = requestOfSpec.get(found.spec());
      if (requestId == null) {
        violations.add(
            "session %s was not asked for: %s".formatted(found.sessionId(), text(found.spec())));
      } else if (request(requestId).refused) {
        violations.add(
            "session %s is there, and its request %s was refused"
                .formatted(found.sessionId(), requestId));
      }
    }
    return new Verdict("nothing exists that nobody asked for", end.sessions().size(), violations);
  }

  private Verdict oneSessionEach(FinalState end) {
    List<String> violations = new ArrayList<>();
    Map<String, SequencedSet<String>> ids = new TreeMap<>();
    requests.forEach(
        (requestId, request) -> ids.put(requestId, new LinkedHashSet<>(request.sessionIds)));
    Set<String> seen = new HashSet<>();
    for (Found found : end.sessions()) {
      String requestId = requestOfSpec.get(found.spec());
      if (requestId != null) {
        ids.getOrDefault(requestId, new LinkedHashSet<>()).add(found.sessionId());
      }
      if (!seen.add(found.sessionId())) {
        violations.add("session %s is listed twice".formatted(found.sessionId()));
      }
    }
    ids.forEach((requestId, sessions) -> {
      if (sessions.size() > 1) {
        violations.add(
            "request %s has opened %s".formatted(requestId, String.join(" and ", sessions)));
      }
    });
    return new Verdict("each request id has one session at most", requests.size(), violations);
  }

  private Verdict keysOnce() {
    Set<String> ids = new HashSet<>();
    Set<String> keys = new HashSet<>();
    List<String> violations = new ArrayList<>();
    for (Fetched key : fetched) {
      if (!ids.add(key.side() + " " + key.keyId())) {
        violations.add("key id %s was delivered twice at %s".formatted(key.keyId(), key.side()));
      } else if (!keys.add(key.side() + " " + key.bits())) {
        violations.add(
            "the bits of key id %s were delivered before at %s".formatted(key.keyId(), key.side()));
      }
    }
    return new Verdict("no key is delivered twice at a side", fetched.size(), violations);
  }

  private Verdict keysEqual() {
    Map<String, Map<String, String>> bitsById = new LinkedHashMap<>();
    for (Fetched key : fetched) {
      bitsById
          .computeIfAbsent(key.keyId(), _ -> new TreeMap<>())
          .putIfAbsent(key.side(), key.bits());
    }
    List<String> violations = new ArrayList<>();
    long both = 0;
    for (var entry : bitsById.entrySet()) {
      Map<String, String> sides = entry.getValue();
      both += sides.size() > 1 ? 1 : 0;
      if (Set.copyOf(sides.values()).size() > 1) {
        violations.add(
            "key id %s differs between %s"
                .formatted(entry.getKey(), String.join(" and ", sides.keySet())));
      }
    }
    return new Verdict("both sides were given the same key", both, violations);
  }

  private static Verdict linksHold(FinalState end) {
    return new Verdict(
        "no link holds more than 100 % of its time",
        end.links().size(),
        end.links().stream()
            // So that NaN counts as too much.
            .filter(held -> !(held.share() <= 1 + SHARE_TOLERANCE))
            .map(held -> "link %s holds %.2f %%".formatted(held.link(), held.share() * 100))
            .toList());
  }

  /// A question asked after a term was known is not answered with an older one, and a term has one
  /// leader.
  private Verdict termsRise() {
    List<String> violations = new ArrayList<>();
    Map<Long, String> leaders = new HashMap<>();
    for (Term one : terms) {
      String leader = leaders.putIfAbsent(one.term(), one.endpoint());
      if (leader != null && !leader.equals(one.endpoint())) {
        violations.add(
            "term %d has two leaders: %s and %s".formatted(one.term(), leader, one.endpoint()));
      }
    }
    Term[] byAnswer = terms.toArray(Term[]::new);
    Arrays.sort(byAnswer, (a, b) -> Long.compare(a.answeredNanos() - b.answeredNanos(), 0));
    Term[] byQuestion = byAnswer.clone();
    Arrays.sort(byQuestion, (a, b) -> Long.compare(a.askedNanos() - b.askedNanos(), 0));
    long highest = Long.MIN_VALUE;
    int known = 0;
    for (Term one : byQuestion) {
      while (known < byAnswer.length && byAnswer[known].answeredNanos() - one.askedNanos() < 0) {
        highest = Math.max(highest, byAnswer[known++].term());
      }
      if (one.term() < highest) {
        violations.add(
            "term %d was told by %s after term %d".formatted(one.term(), one.endpoint(), highest));
      }
    }
    return new Verdict(
        "terms rise and each has one leader (%d terms)".formatted(leaders.size()),
        terms.size(),
        violations);
  }

  private static Map<String, Found> byId(FinalState end) {
    return end.sessions().stream()
        .collect(Collectors.toMap(Found::sessionId, found -> found, (first, _) -> first));
  }

  private static String text(SessionSpec spec) {
    return "%s@%s to %s@%s, %s pairs/s at %s"
        .formatted(
            spec.getFromSae(),
            spec.getFromNode(),
            spec.getToSae(),
            spec.getToNode(),
            spec.getPairsPerSecond(),
            spec.getMinFidelity());
  }
}
