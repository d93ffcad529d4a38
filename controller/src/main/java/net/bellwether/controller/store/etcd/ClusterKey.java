package net.bellwether.controller.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Written once, when a cluster's state begins: whose it is, and where its terms begin. Etcd's
/// revisions begin at 1; agents refuse lower terms than they have seen, so terms must rise above
/// those of an embedded store, or of a former etcd, that the state came from.
///
/// @param trustDomain of its controllers; those of another would lead a network whose agents refuse
///   them
/// @param termBase what the revision of the leader's key is added to, to make a term
record ClusterKey(String trustDomain, long termBase) {
  private static final String NAME = "cluster";
  private static final Pattern TEXT =
      Pattern.compile("cluster 1\ntrust-domain ([!-~]+)\nterm-base (\\d{1,18})\n");

  static ClusterKey openOrCreate(
      EtcdClient client, String trustDomain, InstantSource clock, long formerTerm) {
    EtcdClient.Tries tries = client.tries();
    String key = client.key(NAME);
    while (true) {
      RangeResponse found = client.read(kv -> kv.range(EtcdRequests.get(key)));
      if (found.getKvsCount() > 0) {
        ClusterKey present = parse(key, found.getKvs(0).getValue());
        present.checkIsOf(trustDomain, client.config().prefix());
        return present;
      }
      ClusterKey created =
          new ClusterKey(trustDomain, Math.max(clock.instant().getEpochSecond(), formerTerm));
      try {
        // Whatever becomes of it, the next turn reads what is there.
        client.kvOnce(kv -> kv.txn(created.putIfAbsent(key)));
      } catch (StatusRuntimeException e) {
        if (EtcdFailure.of(e.getStatus()) != EtcdFailure.UNCERTAIN || !tries.again()) {
          throw client.unavailable(e);
        }
      }
    }
  }

  private void checkIsOf(String expected, String prefix) {
    if (!trustDomain.equals(expected)) {
      throw new IllegalStateException(
          "etcd holds the state of trust domain (%s) under %s, this controller is of (%s)\nname the etcd of this controller's own network, or an identity of that one"
              .formatted(trustDomain, prefix, expected));
    }
  }

  private TxnRequest putIfAbsent(String key) {
    String text = "cluster 1\ntrust-domain %s\nterm-base %d\n".formatted(trustDomain, termBase);
    return TxnRequest.newBuilder()
        .addCompare(EtcdRequests.createdAt(key, 0))
        .addSuccess(EtcdRequests.put(key, ByteString.copyFromUtf8(text), 0))
        .build();
  }

  private static ClusterKey parse(String key, ByteString value) {
    Matcher matcher = TEXT.matcher(value.toStringUtf8());
    if (!matcher.matches()) {
      throw new IllegalStateException(
          "key %s must hold \"cluster 1\", a trust domain and a term base; it was written by another version or program"
              .formatted(key));
    }
    return new ClusterKey(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  long term(long revision) {
    return termBase + revision;
  }

  long revision(long term) {
    return term - termBase;
  }
}
