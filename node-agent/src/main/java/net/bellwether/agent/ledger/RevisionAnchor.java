package net.bellwether.agent.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The last acknowledged revision, in a file of its own. SQLite takes a log with a damaged tail for
/// a shorter log; without this, keys given out in the lost commits would be given out again.
final class RevisionAnchor implements AutoCloseable {
  /// Two slots in turn, so that a torn write leaves the other.
  private static final int SLOT_BYTES = 16;

  private final FileChannel channel;

  RevisionAnchor(Path file) throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /// Highest revision ever anchored; 0 where none was.
  long read() throws IOException {
    long highest = 0;
    for (int slot = 0; slot < 2; slot++) {
      ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES);
      if (channel.read(bytes, (long) slot * SLOT_BYTES) == SLOT_BYTES) {
        long revision = bytes.getLong(0);
        if (bytes.getLong(8) == ~revision) {
          highest = Math.max(highest, revision);
        }
      }
    }
    return highest;
  }

  void write(long revision) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES).putLong(revision).putLong(~revision).flip();
    long position = revision % 2 * SLOT_BYTES;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
