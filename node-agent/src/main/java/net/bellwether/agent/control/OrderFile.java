package net.bellwether.agent.control;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bellwether.v1.ConnectResponse;

/// The record of standing orders as one small file that is replaced as a whole: magic, SHA-256 of
/// the body, body (boot epoch, term, orders). A reader sees the file before or after a change, or
/// notices that it is damaged.
final class OrderFile implements OrderRecord {
  private static final byte[] MAGIC =
      "bellwether agent orders 1\n".getBytes(StandardCharsets.UTF_8);
  private static final int DIGEST_BYTES = 32;

  private final Path path;

  OrderFile(Path directory) {
    this.path = directory.resolve("orders");
  }

  @Override
  public Content read() {
    try {
      Files.createDirectories(parent());
      return Files.exists(path) ? parse(Files.readAllBytes(path)) : Content.EMPTY;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read orders from " + path, e);
    }
  }

  private Path parent() {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("path (" + path + ") must be in a directory");
    }
    return parent;
  }

  private Content parse(byte[] bytes) throws IOException {
    int bodyStart = MAGIC.length + DIGEST_BYTES;
    if (bytes.length < bodyStart
        || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)
        || !MessageDigest.isEqual(
            Arrays.copyOfRange(bytes, MAGIC.length, bodyStart),
            digest(Arrays.copyOfRange(bytes, bodyStart, bytes.length)))) {
      throw new IllegalStateException(
          "record of orders ("
              + path
              + ") is damaged\nmove it away to start without rules; the controller installs them again");
    }
    CodedInputStream in = CodedInputStream.newInstance(bytes, bodyStart, bytes.length - bodyStart);
    long bootEpoch = in.readInt64();
    long term = in.readInt64();
    List<ConnectResponse> orders = new ArrayList<>();
    while (!in.isAtEnd()) {
      orders.add(
          in.readMessage(ConnectResponse.parser(), ExtensionRegistryLite.getEmptyRegistry()));
    }
    return new Content(bootEpoch, term, orders);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public void write(Content content) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(body);
    out.writeInt64NoTag(content.bootEpoch());
    out.writeInt64NoTag(content.term());
    for (ConnectResponse order : content.orders()) {
      out.writeMessageNoTag(order);
    }
    out.flush();
    byte[] bytes = body.toByteArray();
    Path fresh = path.resolveSibling("orders.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer =
          ByteBuffer.allocate(MAGIC.length + DIGEST_BYTES + bytes.length)
              .put(MAGIC)
              .put(digest(bytes))
              .put(bytes)
              .flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(parent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
