package net.bellwether.controller.store;

import java.nio.file.Path;

/// A file of the store was altered or lost something that was acknowledged. Nothing was changed by
/// finding out; the second line of the message says how to restore.
public final class StoreDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreDamagedException(Path file, String finding) {
    super(message(file, finding));
  }

  StoreDamagedException(Path file, String finding, Throwable cause) {
    super(message(file, finding), cause);
  }

  private static String message(Path file, String finding) {
    return "store file "
        + file
        + " is damaged: "
        + finding
        + "\nnothing was changed; restore the whole directory "
        + file.getParent()
        + " from its latest backup, or move it away to begin empty and apply the topology again";
  }
}
