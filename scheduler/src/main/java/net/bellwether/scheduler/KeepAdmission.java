package net.bellwether.scheduler;

import java.util.Map;
import java.util.OptionalDouble;
import net.bellwether.scheduler.AdmissionOutcome.Admitted;
import net.bellwether.scheduler.AdmissionOutcome.Refused;
import net.bellwether.scheduler.request.Ending;
import net.bellwether.scheduler.request.Reason;
import net.bellwether.scheduler.request.Request;
import net.bellwether.scheduler.view.NetworkView;
import net.bellwether.topology.time.NetworkTime;

/// Finds room for a request whose pairs are kept: beside rounds, its ends need memory for what they
/// hold. Pure.
public final class KeepAdmission {
  /// How often the memory set aside is corrected by what the rounds that were found need.
  private static final int CORRECTIONS_MAX = 6;

  /// Rates offered instead are halves of the one before, the first what all memory of an end would
  /// hold; below the last there is no offer.
  private static final int OFFERS_MAX = 4;

  private KeepAdmission() {}

  /// Admits `request` at `pairsPerSecond`, above 0, of pairs that each end holds for up to
  /// `holdPicos`, as `Admission.admit` does. `view` has only the memory that others do not keep.
  public static AdmissionOutcome admit(
      NetworkView view,
      Timetable timetable,
      Request request,
      double pairsPerSecond,
      long holdPicos) {
    if (!(pairsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "pairsPerSecond (%s) must be above 0: memory is set aside for it"
              .formatted(pairsPerSecond));
    }
    Request kept = request.with(Ending.KEPT);
    AdmissionOutcome asked = tried(view, timetable, kept, pairsPerSecond, holdPicos);
    if (asked instanceof Admitted
        || Admission.admit(view, timetable, kept, pairsPerSecond) instanceof Refused) {
      return asked;
    }
    return lacking(view, timetable, kept, pairsPerSecond, holdPicos);
  }

  private static AdmissionOutcome tried(
      NetworkView view,
      Timetable timetable,
      Request request,
      double pairsPerSecond,
      long holdPicos) {
    int memory = memory(view, request);
    int reserved = KeptMemory.leastQubits(pairsPerSecond, holdPicos);
    AdmissionOutcome outcome = admit(view, timetable, request, pairsPerSecond, reserved);
    for (int i = 0; i < CORRECTIONS_MAX && outcome instanceof Admitted admitted; i++) {
      int needed =
          KeptMemory.qubits(
              admitted.evaluation().pairsPerSecond(), admitted.grant().rounds(), holdPicos);
      if (needed <= reserved) {
        return outcome;
      }
      // Rounds that deliver more than can be held get fewer modes the more is set aside.
      reserved = needed < memory ? needed : (reserved + memory + 1) / 2;
      outcome = admit(view, timetable, request, pairsPerSecond, reserved);
    }
    return outcome instanceof Admitted ? shortOfMemory(request, pairsPerSecond, reserved) : outcome;
  }

  private static AdmissionOutcome admit(
      NetworkView view, Timetable timetable, Request request, double pairsPerSecond, int kept) {
    return Admission.admit(
        KeptMemory.without(view, Map.of(request.from(), kept, request.to(), kept)),
        timetable,
        request,
        pairsPerSecond);
  }

  /// It would be admitted if its pairs were not kept.
  private static AdmissionOutcome lacking(
      NetworkView view,
      Timetable timetable,
      Request request,
      double pairsPerSecond,
      long holdPicos) {
    int needed = KeptMemory.leastQubits(pairsPerSecond, holdPicos);
    Refused refused = shortOfMemory(request, pairsPerSecond, needed);
    double offered = Math.min(pairsPerSecond, heldByAll(view, request, holdPicos));
    for (int i = 0; i < OFFERS_MAX; i++) {
      offered /= 2;
      if (tried(view, timetable, request, offered, holdPicos) instanceof Admitted) {
        return new Refused(
            refused.missing(),
            OptionalDouble.of(offered),
            OptionalDouble.empty(),
            refused.reason());
      }
    }
    return refused;
  }

  private static double heldByAll(NetworkView view, Request request, long holdPicos) {
    return memory(view, request) * (double) NetworkTime.PICOS_PER_SECOND / holdPicos;
  }

  /// Memory qubits of the end that has fewer.
  private static int memory(NetworkView view, Request request) {
    return Math.min(
        view.node(request.from()).memoryQubits().count(),
        view.node(request.to()).memoryQubits().count());
  }

  private static Refused shortOfMemory(Request request, double pairsPerSecond, int qubits) {
    return new Refused(
        "holding %.6g pairs a second takes %d memory qubits or more at each of %s and %s, beside those that rounds use: more than are free"
            .formatted(pairsPerSecond, qubits, request.from(), request.to()),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Reason.NO_CAPACITY);
  }
}
