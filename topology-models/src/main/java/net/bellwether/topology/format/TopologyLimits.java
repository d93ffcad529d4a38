package net.bellwether.topology.format;

import java.nio.charset.StandardCharsets;
import net.bellwether.topology.Network;

/// How large a topology document may be. What the reader holds in memory is about ten times the
/// document, whoever wrote it.
public record TopologyLimits(int documentBytesMax, int nodesMax, int linksMax, int qkdModulesMax) {
  /// What a controller takes: a document that fits a gRPC message and a commit of its store.
  public static final TopologyLimits CONTROLLER =
      new TopologyLimits(TopologyReader.DOCUMENT_BYTES_MAX, 10_000, 20_000, 20_000);

  /// What a person may read from a file of theirs: the largest generated network (100,000 nodes of
  /// degree 32), in the reader's own memory.
  public static final TopologyLimits FILE =
      new TopologyLimits(1 << 30, 200_000, 1_600_000, 200_000);

  /// Of UTF-8; a pair of surrogates takes four for two.
  private static final int BYTES_PER_CHAR_MAX = 3;

  public TopologyLimits {
    if (documentBytesMax < 1 || nodesMax < 1 || linksMax < 0 || qkdModulesMax < 0) {
      throw new IllegalArgumentException(
          "limits (%d bytes, %d nodes, %d links, %d QKD modules) must leave room for one node"
              .formatted(documentBytesMax, nodesMax, linksMax, qkdModulesMax));
    }
  }

  /// Whether `network`, read from `document`, keeps these limits.
  public boolean admit(Network network, String document) {
    return admitSize(document)
        && network.nodes().size() <= nodesMax
        && network.links().size() <= linksMax
        && network.qkdModules().size() <= qkdModulesMax;
  }

  boolean admitSize(String document) {
    return document.length() <= documentBytesMax
        && (document.length() <= documentBytesMax / BYTES_PER_CHAR_MAX
            || document.getBytes(StandardCharsets.UTF_8).length <= documentBytesMax);
  }
}
