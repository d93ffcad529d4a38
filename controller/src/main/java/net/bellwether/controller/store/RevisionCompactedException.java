package net.bellwether.controller.store;

/// History no longer reaches back to the revision asked for; list the present and go on from there.
public final class RevisionCompactedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RevisionCompactedException(long revision, long oldestRevision) {
    super(
        "revision (%d) must be at least %d, the oldest still kept"
            .formatted(revision, oldestRevision));
  }

  /// Where the store does not tell what it still keeps.
  public RevisionCompactedException(long revision) {
    super("revision (" + revision + ") must be one that is still kept, but is older");
  }
}
