package net.bellwether.controller.store;

/// History no longer reaches back to the revision asked for; list the present and go on from there.
public final class RevisionCompactedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long oldestRevision;

  RevisionCompactedException(long revision, long oldestRevision) {
    super(
        "revision (%d) must be at least %d, the oldest still kept"
            .formatted(revision, oldestRevision));
    this.oldestRevision = oldestRevision;
  }

  public long oldestRevision() {
    return oldestRevision;
  }
}
