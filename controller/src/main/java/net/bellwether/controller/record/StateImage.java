package net.bellwether.controller.record;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.bellwether.controller.store.CommitResult;
import net.bellwether.controller.store.Operation;
import net.bellwether.controller.store.StateStore;

/// The whole of a store's state as of one revision: taken from one store, put into another.
public final class StateImage {
  /// Stands in a store while an image is being put into it: what a crash leaves is not taken for a
  /// state.
  static final String UNFINISHED = "/unfinished-import";

  private static final int PAGE_ENTRIES = 500;
  private static final int PART_BYTES_MAX = StateStore.COMMIT_BYTES_MAX / 2;

  /// One key and what it holds.
  public record Entry(String key, ByteString value) {}

  /// Tells whether entries are whole and as they were.
  public static final class Digest {
    private final MessageDigest sha256;
    private long count;

    public Digest() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    public void add(Entry entry) {
      byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
      sha256.update(
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(key.length)
              .putLong(entry.value().size())
              .flip());
      sha256.update(key);
      sha256.update(entry.value().asReadOnlyByteBuffer());
      count++;
    }

    public long count() {
      return count;
    }

    /// Of everything added; nothing may be added after.
    public ByteString sha256() {
      return ByteString.copyFrom(sha256.digest());
    }
  }

  private StateImage() {}

  /// Hands every entry of `store` as of `revision` to `taker`, some at a time, in order of keys.
  public static void take(StateStore store, long revision, Consumer<List<Entry>> taker) {
    String after = "";
    boolean more = true;
    while (more) {
      StateStore.Listing page = store.list("", after, revision, PAGE_ENTRIES);
      List<Entry> entries =
          page.entries().stream().map(entry -> new Entry(entry.key(), entry.value())).toList();
      if (!entries.isEmpty()) {
        taker.accept(entries);
        after = entries.getLast().key();
      }
      more = page.more();
    }
  }

  /// Puts `entries` into `store`, over what stands under their keys.
  ///
  /// @throws IllegalStateException where the store fails in between; it then says at the next start
  ///   that its state is unfinished
  public static void put(StateStore store, List<Entry> entries) {
    String operation = "import-t" + store.term() + "-r" + store.revision() + "-";
    int number = 0;
    commit(store, List.of(Operation.put(UNFINISHED, new byte[0])), operation + number++);
    for (List<Operation> part : parts(entries)) {
      commit(store, part, operation + number++);
    }
    commit(store, List.of(Operation.delete(UNFINISHED)), operation + number);
  }

  private static List<List<Operation>> parts(List<Entry> entries) {
    List<List<Operation>> parts = new ArrayList<>();
    List<Operation> part = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : entries) {
      long size = (long) entry.key().length() + entry.value().size();
      if (!part.isEmpty()
          && (part.size() == StateStore.OPERATIONS_MAX || bytes + size > PART_BYTES_MAX)) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(Operation.put(entry.key(), entry.value()));
      bytes += size;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  private static void commit(StateStore store, List<Operation> operations, String operationId) {
    CommitResult result = store.commit(List.of(), operations, operationId);
    if (!(result instanceof CommitResult.Committed)) {
      throw new IllegalStateException("the store did not take the state: " + result);
    }
  }
}
