package net.bellwether.controller.store;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The second file: which revision, with which chain hash, was acknowledged last. It is written and
/// synced after the log and before the acknowledgement. Two copies stand on two pages: the first is
/// synced for each acknowledgement, the second follows without a sync of its own, so a torn or
/// altered first copy leaves the second, which is at most one write older, and the one write it may
/// lack was then not acknowledged or is still in the file.
final class Anchor implements AutoCloseable {
  private static final int COPY_BYTES = 512;
  private static final int COPY_DISTANCE_BYTES = 4096;
  private static final Pattern TEXT =
      Pattern.compile(
          "bellwether-store-anchor v1 store=([0-9a-f-]{36}) revision=(\\d{1,18}) term=(\\d{1,18})"
              + " chain=([0-9a-f]{64}) sha256=([0-9a-f]{64})\n");

  /// What was acknowledged last.
  record Mark(UUID store, long revision, long term, ByteString chain) {
    /// Of a store nothing was ever acknowledged from.
    static Mark ofNew(UUID store) {
      byte[] seed = ("bellwether store " + store).getBytes(StandardCharsets.US_ASCII);
      return new Mark(store, 0, 0, LogRecord.chain(ByteString.EMPTY, seed));
    }
  }

  private final FileChannel channel;

  private Anchor(FileChannel channel) {
    this.channel = channel;
  }

  /// Creates the file, whole or not at all.
  static void create(Path file, Mark mark) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (Anchor anchor =
        new Anchor(
            FileChannel.open(
                draft,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      anchor.write(mark);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// The mark of the first copy that is whole; empty if neither is.
  static Optional<Mark> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return parse(bytes, 0).or(() -> parse(bytes, COPY_DISTANCE_BYTES));
  }

  static Anchor open(Path file) throws IOException {
    return new Anchor(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  /// Returns once the mark is durable.
  void write(Mark mark) throws IOException {
    byte[] copy = Arrays.copyOf(text(mark), COPY_BYTES);
    writeFully(copy, 0);
    channel.force(false);
    writeFully(copy, COPY_DISTANCE_BYTES);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }

  private void writeFully(byte[] copy, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(copy);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }

  private static byte[] text(Mark mark) {
    String fields =
        "bellwether-store-anchor v1 store=%s revision=%d term=%d chain=%s sha256="
            .formatted(
                mark.store(),
                mark.revision(),
                mark.term(),
                HexFormat.of().formatHex(mark.chain().toByteArray()));
    return (fields + checksum(fields) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static Optional<Mark> parse(byte[] file, int offset) {
    if (file.length < offset + COPY_BYTES) {
      return Optional.empty();
    }
    String copy = new String(file, offset, COPY_BYTES, StandardCharsets.ISO_8859_1);
    Matcher matcher = TEXT.matcher(copy);
    if (!matcher.lookingAt()
        || !checksum(copy.substring(0, matcher.start(5))).equals(matcher.group(5))) {
      return Optional.empty();
    }
    return Optional.of(
        new Mark(
            UUID.fromString(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            ByteString.copyFrom(HexFormat.of().parseHex(matcher.group(4)))));
  }

  private static String checksum(String fields) {
    byte[] bytes = fields.getBytes(StandardCharsets.ISO_8859_1);
    return HexFormat.of().formatHex(LogRecord.sha256().digest(bytes));
  }
}
