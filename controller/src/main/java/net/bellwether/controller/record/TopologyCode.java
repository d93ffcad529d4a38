package net.bellwether.controller.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import net.bellwether.controller.state.TopologyInForce;
import net.bellwether.topology.format.TopologyReader;
import net.bellwether.topology.format.TopologyReading;

/// The topology in force as a record: the document as it was applied, deflated, so that the largest
/// one fits a commit.
final class TopologyCode {
  private static final String KIND = "topology 1";

  private TopologyCode() {}

  static byte[] write(TopologyInForce topology) {
    return new Lines.Writer(KIND)
        .putText("name", topology.documentName())
        .putBytes("document", deflate(topology.document()))
        .bytes();
  }

  static TopologyInForce read(String key, byte[] value, long revision) {
    Lines.Reader in = new Lines.Reader(key, value, KIND);
    String name = in.takeText("name");
    String document = inflate(key, in.takeBytes("document"));
    return switch (TopologyReader.read(name, document)) {
      case TopologyReading.Valid valid ->
          new TopologyInForce(document, name, valid.network(), revision);
      case TopologyReading.Invalid invalid ->
          throw new IllegalStateException(
              "record %s must hold a topology that this version can read: %s"
                  .formatted(key, invalid.mistakes().getFirst()));
    };
  }

  private static byte[] deflate(String document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(document.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String inflate(String key, byte[] deflated) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      byte[] bytes = in.readNBytes(TopologyReader.DOCUMENT_BYTES_MAX);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("record " + key + " must hold a deflated document", e);
    }
  }
}
