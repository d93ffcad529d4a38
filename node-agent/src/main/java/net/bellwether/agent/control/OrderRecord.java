package net.bellwether.agent.control;

import java.io.IOException;
import java.util.List;
import net.bellwether.v1.ConnectResponse;

/// Where standing orders are kept: one content that is replaced as a whole.
public interface OrderRecord {
  /// The node's boot epoch, the highest term it was ordered under, and the orders that stand.
  record Content(long bootEpoch, long term, List<ConnectResponse> orders) {
    static final Content EMPTY = new Content(0, 0, List.of());

    public Content {
      orders = List.copyOf(orders);
    }
  }

  /// What was written last; empty where nothing ever was.
  ///
  /// @throws IllegalStateException where it is damaged, says what to do
  /// @throws java.io.UncheckedIOException where it cannot be read
  Content read();

  /// Replaces the content. It is durable when this returns; after a failure either the former or
  /// the new one is there.
  void write(Content content) throws IOException;
}
