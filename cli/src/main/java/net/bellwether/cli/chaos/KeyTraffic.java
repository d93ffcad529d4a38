package net.bellwether.cli.chaos;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Supplier;
import net.bellwether.cli.demo.KeyDelivery;

/// A pair of consumers: one fetches new keys, the other the same ones by their ids, until the run
/// ends.
final class KeyTraffic {
  private static final int KEY_BITS = 256;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int NOT_SERVED_NOW = 503;

  private final Run run;
  private final History history;
  private final KeyDelivery first;
  private final KeyDelivery second;

  /// `first` fetches new keys.
  KeyTraffic(Run run, History history, KeyDelivery first, KeyDelivery second) {
    this.run = run;
    this.history = history;
    this.first = first;
    this.second = second;
  }

  void flow() {
    SequencedSet<String> wanted = new LinkedHashSet<>();
    while (run.pause(EVERY)) {
      Attempt fresh =
          attempt(Operation.ENCRYPTION_KEY, first, () -> first.encryptionKeys(1, KEY_BITS));
      wanted.addAll(fresh.keyIds());
      for (String keyId : List.copyOf(wanted)) {
        if (run.goesOn() && !fetchAtPeer(keyId).isWorthAnother()) {
          wanted.remove(keyId);
        }
      }
    }
  }

  private Attempt fetchAtPeer(String keyId) {
    return attempt(Operation.DECRYPTION_KEY, second, () -> second.decryptionKeys(List.of(keyId)));
  }

  private record Attempt(Outcome outcome, List<String> keyIds, int refusalStatus) {
    /// A refusal other than "not now" is for good: the answer to an earlier attempt was lost.
    boolean isWorthAnother() {
      return switch (outcome) {
        case ACKNOWLEDGED -> false;
        case REFUSED -> refusalStatus == NOT_SERVED_NOW;
        case UNKNOWN -> true;
      };
    }
  }

  private Attempt attempt(
      Operation operation, KeyDelivery at, Supplier<SequencedMap<String, String>> call) {
    Attempt attempt = attempt(at, call);
    history.attempted(operation, attempt.outcome());
    return attempt;
  }

  private Attempt attempt(KeyDelivery at, Supplier<SequencedMap<String, String>> call) {
    try {
      SequencedMap<String, String> keys = call.get();
      keys.forEach((keyId, bits) -> history.keyFetched(at.endpoint(), keyId, bits));
      return new Attempt(Outcome.ACKNOWLEDGED, List.copyOf(keys.keySet()), 0);
    } catch (KeyDelivery.Refused e) {
      return new Attempt(Outcome.REFUSED, List.of(), e.status());
    } catch (IllegalStateException _) {
      // curl found nobody, or lost the answer.
      return new Attempt(Outcome.UNKNOWN, List.of(), 0);
    }
  }
}
