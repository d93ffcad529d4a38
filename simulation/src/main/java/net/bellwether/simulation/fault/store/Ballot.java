package net.bellwether.simulation.fault.store;

import java.util.function.Consumer;
import java.util.function.Supplier;
import net.bellwether.controller.lead.CandidacyInput;
import net.bellwether.controller.lead.LeaderBallot.Standing;
import net.bellwether.simulation.fault.world.World;

/// Elections in the store as one controller reaches it: every request is on its way beside all
/// others, and answered at last or not.
public final class Ballot {
  private final StoreCluster cluster;
  private final StoreAccess access;

  public Ballot(StoreCluster cluster, StoreAccess access) {
    this.cluster = cluster;
    this.access = access;
  }

  public void grant(long ttlMillis, long sentAtMillis, Consumer<CandidacyInput> answer) {
    request(
        CandidacyInput.Request.GRANT,
        () -> new CandidacyInput.LeaseGranted(cluster.grant(ttlMillis), sentAtMillis),
        answer);
  }

  public void keepAlive(long lease, long sentAtMillis, Consumer<CandidacyInput> answer) {
    request(
        CandidacyInput.Request.KEEP_ALIVE,
        () ->
            cluster.keepAlive(lease)
                ? new CandidacyInput.LeaseKept(lease, sentAtMillis)
                : new CandidacyInput.LeaseLost(lease),
        answer);
  }

  public void campaign(long lease, String endpoint, Consumer<CandidacyInput> answer) {
    request(
        CandidacyInput.Request.CAMPAIGN, () -> input(cluster.campaign(lease, endpoint)), answer);
  }

  public void observe(Consumer<CandidacyInput> answer) {
    request(CandidacyInput.Request.OBSERVE, () -> input(cluster.observe()), answer);
  }

  public void resign(long lease) {
    access.send(() -> cluster.revoke(lease), () -> {});
  }

  private void request(
      CandidacyInput.Request request,
      Supplier<CandidacyInput> call,
      Consumer<CandidacyInput> answer) {
    access.send(
        () -> {
          CandidacyInput outcome = call.get();
          access.answer(
              () -> answer.accept(outcome),
              () -> answer.accept(new CandidacyInput.RequestFailed(request)));
        },
        () -> answer.accept(new CandidacyInput.RequestFailed(request)));
  }

  /// Tells of a leader's key late, and of two changes at once only the last. Ends with `run`.
  public Runnable watch(Consumer<CandidacyInput> listener) {
    Runnable told =
        () ->
            access
                .world()
                .after(
                    access.world().between(World.MILLI, 50 * World.MILLI),
                    () -> access.host().beside(() -> listener.accept(input(cluster.observe()))));
    cluster.watchLeader(told);
    return () -> cluster.unwatchLeader(told);
  }

  private static CandidacyInput input(Standing standing) {
    return switch (standing) {
      case Standing.Held held ->
          new CandidacyInput.HeldBy(held.endpoint(), held.leaseId(), held.term());
      case Standing.Vacant vacant -> new CandidacyInput.LeaderGone(vacant.term());
      case Standing.LeaseMissing missing -> new CandidacyInput.LeaseLost(missing.leaseId());
    };
  }
}
