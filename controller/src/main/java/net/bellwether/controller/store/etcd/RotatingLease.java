package net.bellwether.controller.store.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import java.util.function.LongSupplier;

/// A lease that lives long enough, whenever it is asked for: a new one takes its place when half of
/// it has passed. What hangs on it vanishes by itself, after half of its time to live at the
/// earliest.
final class RotatingLease {
  private final EtcdClient client;
  private final long ttlSeconds;
  private final LongSupplier nanoTime;
  private long leaseId;
  private long renewAtNanos;

  RotatingLease(EtcdClient client, long ttlSeconds, LongSupplier nanoTime) {
    this.client = client;
    this.ttlSeconds = ttlSeconds;
    this.nanoTime = nanoTime;
  }

  /// Asks etcd for a lease where there is none, or none that lives long enough.
  synchronized long current() {
    long now = nanoTime.getAsLong();
    if (leaseId == 0 || now - renewAtNanos >= 0) {
      LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(ttlSeconds).build();
      leaseId = client.leaseOnce(lease -> lease.leaseGrant(request)).getID();
      renewAtNanos = now + ttlSeconds * 1_000_000_000L / 2;
    }
    return leaseId;
  }

  /// Etcd does not know it: this machine was away for long, or somebody revoked it.
  synchronized void lost(long lostLeaseId) {
    if (leaseId == lostLeaseId) {
      leaseId = 0;
    }
  }
}
