package net.bellwether.controller.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The limits of a commit and a listing, as errors that name value and rule.
public final class StoreLimits {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  private StoreLimits() {}

  public static void checkKey(String key) {
    checkName("key", key, StateStore.KEY_CHARACTERS_MAX);
  }

  public static void checkCommit(
      List<Guard> guards, List<Operation> operations, String operationId) {
    checkName("operationId", operationId, StateStore.OPERATION_ID_CHARACTERS_MAX);
    checkCount("guards", guards.size(), 0);
    checkCount("operations", operations.size(), 1);
    Set<String> keys = new HashSet<>();
    long bytes = 0;
    for (Operation operation : operations) {
      if (!keys.add(operation.key())) {
        throw new IllegalArgumentException(
            "key (" + operation.key() + ") must be changed only once in a commit");
      }
      bytes += bytes(operation);
    }
    if (bytes > StateStore.COMMIT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "commit ("
              + bytes
              + " bytes) must have at most "
              + StateStore.COMMIT_BYTES_MAX
              + " bytes of keys and values");
    }
  }

  public static void checkListing(int limit) {
    if (limit < 1 || limit > StateStore.LIST_ENTRIES_MAX) {
      throw new IllegalArgumentException(
          "limit (" + limit + ") must be 1 to " + StateStore.LIST_ENTRIES_MAX);
    }
  }

  public static void checkRevision(String field, long revision, long low, long high) {
    if (revision < low || revision > high) {
      throw new IllegalArgumentException(
          "%s (%d) must be %d to %d".formatted(field, revision, low, high));
    }
  }

  static long bytes(Operation operation) {
    return (long) operation.key().length()
        + switch (operation) {
          case Operation.Put put -> put.value().size();
          case Operation.Delete _ -> 0;
        };
  }

  private static void checkName(String field, String value, int charactersMax) {
    if (value.length() > charactersMax || !PRINTABLE.matcher(value).matches()) {
      String shown = value.length() > 60 ? value.substring(0, 60) + "..." : value;
      throw new IllegalArgumentException(
          field
              + " ("
              + shown
              + ") must be 1 to "
              + charactersMax
              + " printable ASCII characters without spaces");
    }
  }

  private static void checkCount(String field, int count, int least) {
    if (count < least || count > StateStore.OPERATIONS_MAX) {
      throw new IllegalArgumentException(
          field + " (" + count + ") must be " + least + " to " + StateStore.OPERATIONS_MAX);
    }
  }
}
