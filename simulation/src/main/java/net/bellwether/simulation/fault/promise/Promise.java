package net.bellwether.simulation.fault.promise;

/// One thing that must hold, and how often that was looked at.
public abstract class Promise {
  private long checkCount;

  /// The promise as a sentence.
  public final String sentence() {
    String[] words = getClass().getSimpleName().split("(?=[A-Z])", -1);
    String sentence = String.join(" ", words).strip().toLowerCase(java.util.Locale.ROOT);
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  /// How often it was checked.
  public final long checkCount() {
    return checkCount;
  }

  /// Counts a check; breaks where the promise does not hold.
  @SuppressWarnings("AnnotateFormatMethod") // not worth a dependency
  protected final void require(boolean holds, String how, Object... values) {
    checkCount++;
    if (!holds) {
      throw new PromiseBroken(sentence(), how.formatted(values));
    }
  }
}
