package net.bellwether.emulator.nature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bellwether.topology.Link;
import net.bellwether.topology.Network;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.rules.Rounds;

/// What every node asks for, and what of it is attempted: where both ends ask for the same, and the
/// hardware suffices. Of requests that together exceed it the later is not attempted.
final class Schedules {
  private final Network network;
  private final Map<NodeId, List<Standing>> standing = new LinkedHashMap<>();
  private long arrivals;

  private List<Agreement> agreements = List.of();
  private List<Agreement> active = List.of();
  private long activeFrom = Long.MIN_VALUE;
  private long activeUntil = Long.MIN_VALUE;
  private final Set<AttemptRequest> overcommitted = new LinkedHashSet<>();
  private final Map<NodeId, Integer> workingQubits = new LinkedHashMap<>();

  Schedules(Network network) {
    this.network = network;
  }

  /// A request and when it first came.
  private record Standing(AttemptRequest request, long arrival) {}

  /// Replaces what `node` asks for; returns a sentence for each request that its hardware cannot
  /// serve at all.
  List<String> replace(NodeId node, List<AttemptRequest> requests) {
    Map<AttemptRequest, Standing> before = new LinkedHashMap<>();
    standing.getOrDefault(node, List.of()).forEach(s -> before.put(s.request, s));
    List<Standing> now = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (AttemptRequest request : requests) {
      String refusal = refusalOf(node, request);
      if (refusal.isEmpty()) {
        Standing known = before.get(request);
        now.add(known != null ? known : new Standing(request, arrivals++));
      } else {
        refusals.add(refusal);
      }
    }
    standing.put(node, now);
    agreements = agree();
    activeUntil = Long.MIN_VALUE;
    overcommitted.retainAll(agreements.stream().map(Agreement::request).toList());
    return refusals;
  }

  /// From the next frame on `node` has this many qubits for pairs. What it was asked for is still
  /// attempted, the latest request with fewer modes or none.
  void setWorkingQubits(NodeId node, int count) {
    workingQubits.put(node, count);
    activeUntil = Long.MIN_VALUE;
  }

  /// Requests that are not attempted because earlier ones hold the qubits or modes.
  Set<AttemptRequest> overcommitted() {
    return overcommitted;
  }

  /// What is attempted in `frame`.
  List<Agreement> activeIn(long frame) {
    if (frame < activeFrom || frame >= activeUntil) {
      active = admit(agreements.stream().filter(a -> a.holdsIn(frame)).toList());
      activeFrom = frame;
      activeUntil = nextChangeAfter(frame);
    }
    return active;
  }

  private long nextChangeAfter(long frame) {
    long next = Long.MAX_VALUE;
    for (Agreement agreement : agreements) {
      if (agreement.fromFrame() > frame) {
        next = Math.min(next, agreement.fromFrame());
      }
      if (agreement.untilFrame() > frame) {
        next = Math.min(next, agreement.untilFrame());
      }
    }
    return next;
  }

  private String refusalOf(NodeId node, AttemptRequest request) {
    Link link = network.links().get(request.link());
    if (link == null || !(link.a().equals(node) || link.b().equals(node))) {
      return "link (" + request.link() + ") must be one of node " + node;
    }
    if (link.modes().stream().noneMatch(mode -> mode.name().equals(request.mode()))) {
      return "mode (" + request.mode() + ") must be one of link " + link.id();
    }
    if (request.multiplexing() > link.multiplexing()) {
      return "multiplexing (%d) must be at most the %d modes of link %s"
          .formatted(request.multiplexing(), link.multiplexing(), link.id());
    }
    return "";
  }

  private List<Agreement> agree() {
    List<Agreement> found = new ArrayList<>();
    for (Link link : network.links().values()) {
      for (Standing atA : standing.getOrDefault(link.a(), List.of())) {
        if (!atA.request.link().equals(link.id())) {
          continue;
        }
        for (Standing atB : standing.getOrDefault(link.b(), List.of())) {
          if (atA.request.matches(atB.request)) {
            found.add(agreement(link, atA, atB));
            break;
          }
        }
      }
    }
    return found;
  }

  private static Agreement agreement(Link link, Standing atA, Standing atB) {
    return new Agreement(
        link,
        atA.request,
        atB.request,
        Math.max(atA.request.fromFrame(), atB.request.fromFrame()),
        Math.min(atA.request.untilFrame(), atB.request.untilFrame()),
        Math.max(atA.arrival, atB.arrival),
        atA.request.multiplexing());
  }

  private List<Agreement> admit(List<Agreement> wished) {
    List<Agreement> admitted = new ArrayList<>();
    for (Agreement wish :
        wished.stream().sorted(Comparator.comparingLong(Agreement::arrival)).toList()) {
      if (fits(wish, admitted)) {
        admitted.add(wish);
        overcommitted.remove(wish.request());
      } else {
        overcommitted.add(wish.request());
      }
    }
    return served(admitted);
  }

  private List<Agreement> served(List<Agreement> admitted) {
    if (workingQubits.isEmpty()) {
      return admitted;
    }
    List<Agreement> served = new ArrayList<>();
    for (Agreement agreement : admitted) {
      List<Agreement> meanwhile = meanwhile(agreement, served);
      int free =
          Math.min(
              working(agreement.link().a()) - used(agreement.link().a(), agreement, meanwhile),
              working(agreement.link().b()) - used(agreement.link().b(), agreement, meanwhile));
      if (free > 0) {
        served.add(agreement.withModes(Math.min(free, agreement.modes())));
      }
    }
    return served;
  }

  private int working(NodeId node) {
    return workingQubits.getOrDefault(node, network.node(node).communicationQubits().count());
  }

  private static List<Agreement> meanwhile(Agreement wish, List<Agreement> admitted) {
    return admitted.stream()
        .filter(other -> other.request().rounds().overlaps(wish.request().rounds()))
        .toList();
  }

  /// Qubits of `node` in use at most at once while `wish` runs.
  private static int used(NodeId node, Agreement wish, List<Agreement> meanwhile) {
    return most(
        wish,
        meanwhile.stream()
            .filter(other -> other.link().a().equals(node) || other.link().b().equals(node))
            .toList());
  }

  /// Modes that `others`, all of which overlap `wish`, use at most at once while it runs: two of
  /// them that follow each other are not added up. The most is reached where one of them begins, or
  /// where the wish does.
  private static int most(Agreement wish, List<Agreement> others) {
    long wishStart = wish.request().rounds().startPicos();
    int most = 0;
    for (Agreement first : others) {
      long start = Math.max(wishStart, first.request().rounds().startPicos());
      int atOnce = 0;
      for (Agreement other : others) {
        Rounds rounds = other.request().rounds();
        if (rounds.startPicos() <= start && start < rounds.endPicos()) {
          atOnce += other.modes();
        }
      }
      most = Math.max(most, atOnce);
    }
    return most;
  }

  private boolean fits(Agreement wish, List<Agreement> admitted) {
    List<Agreement> meanwhile = meanwhile(wish, admitted);
    int onLink =
        most(wish, meanwhile.stream().filter(other -> other.link().equals(wish.link())).toList());
    return onLink + wish.request().multiplexing() <= wish.link().multiplexing()
        && fitsAt(wish.link().a(), wish, meanwhile)
        && fitsAt(wish.link().b(), wish, meanwhile);
  }

  private boolean fitsAt(NodeId node, Agreement wish, List<Agreement> meanwhile) {
    int available = network.node(node).communicationQubits().count();
    return used(node, wish, meanwhile) + wish.request().multiplexing() <= available;
  }
}
