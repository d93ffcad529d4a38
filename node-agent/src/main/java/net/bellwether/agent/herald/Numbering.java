package net.bellwether.agent.herald;

import java.util.List;
import net.bellwether.agent.engine.AttemptRequest;
import net.bellwether.topology.id.LinkId;

/// The numbers that one attachment's records use: a link is its place in `links`, a generation mode
/// its place in the entry of `modes` for that link, and every pair carries `epoch`.
public record Numbering(long epoch, List<LinkId> links, List<List<String>> modes) {
  /// What nothing is numbered.
  static final int NONE = -1;

  public Numbering {
    links = List.copyOf(links);
    modes = modes.stream().map(List::copyOf).toList();
    if (modes.size() != links.size()) {
      throw new IllegalArgumentException(
          "modes (%d entries) must have one for each of %d links"
              .formatted(modes.size(), links.size()));
    }
  }

  int link(AttemptRequest request) {
    return links.indexOf(request.link());
  }

  int mode(AttemptRequest request) {
    int link = link(request);
    return link == NONE ? NONE : modes.get(link).indexOf(request.mode());
  }
}
