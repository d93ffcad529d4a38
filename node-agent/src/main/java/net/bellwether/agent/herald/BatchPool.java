package net.bellwether.agent.herald;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The batches of one attachment. Where all are in use there is no room for heralds, and `wake` is
/// called once there is again, on the thread that gave one back.
final class BatchPool {
  /// 8,192 heralds: 40 ms of 200,000 a second.
  static final int BATCHES = 8;

  private final Numbering numbering;
  private final ArrayBlockingQueue<HeraldBatch> free = new ArrayBlockingQueue<>(BATCHES);
  private volatile Runnable wake = () -> {};
  private volatile boolean wanted;

  BatchPool(Numbering numbering) {
    this.numbering = numbering;
    for (int batch = 0; batch < BATCHES; batch++) {
      free.add(new HeraldBatch(this));
    }
  }

  Numbering numbering() {
    return numbering;
  }

  void onRoom(Runnable action) {
    wake = action;
  }

  @Nullable HeraldBatch take() {
    HeraldBatch batch = free.poll();
    if (batch == null) {
      wanted = true;
      // One may have come back before it was seen to be wanted.
      batch = free.poll();
    }
    return batch;
  }

  void giveBack(HeraldBatch batch) {
    free.add(batch);
    if (wanted) {
      wanted = false;
      wake.run();
    }
  }
}
