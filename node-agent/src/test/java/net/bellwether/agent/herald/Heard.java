package net.bellwether.agent.herald;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Herald;

/// What is handed over, as lines; batches are given back at once unless they are to be kept.
final class Heard implements HeraldReceiver.Listener {
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<HeraldBatch> kept = new CopyOnWriteArrayList<>();
  volatile boolean keeps;

  @Override
  public void bound() {
    lines.add("bound");
  }

  @Override
  public void heralded(HeraldBatch batch) {
    for (Herald herald : batch.heralds()) {
      lines.add(herald.pair() + " of " + herald.flow() + "/" + herald.generation());
    }
    for (DeviceCommand command : batch.releases()) {
      if (command instanceof DeviceCommand.Release release) {
        lines.add("release " + release.pair());
      }
    }
    batch.findCompleteUntil().ifPresent(until -> lines.add("until " + until.frame()));
    if (keeps) {
      kept.add(batch);
    } else {
      batch.recycle();
    }
  }

  void giveBack() {
    keeps = false;
    kept.forEach(HeraldBatch::recycle);
    kept.clear();
  }

  @Override
  public void failed(String reason) {
    lines.add("failed: " + reason);
  }
}
