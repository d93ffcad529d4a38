package net.bellwether.simulation.fault.promise;

/// A promise does not hold. An Error, so that no code that guards itself against failures takes it
/// for one.
public final class PromiseBroken extends Error {
  private static final long serialVersionUID = 1L;

  private final String promise;

  public PromiseBroken(String promise, String how) {
    super(promise + ": " + how, null, false, false);
    this.promise = promise;
  }

  public String promise() {
    return promise;
  }
}
