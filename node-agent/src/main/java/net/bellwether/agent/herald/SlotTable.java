package net.bellwether.agent.herald;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.bellwether.agent.engine.AttemptRequest;
import org.jspecify.annotations.Nullable;

/// Numbers the standing requests of one attachment. A request keeps its number while it stands, and
/// its number leads to it for a good while after: heralds may still be under way.
///
/// Safe for use by several threads; looking up waits for nobody.
public final class SlotTable {
  /// Requests that stand at the same time: what devices take.
  static final int STANDING_MAX = 4096;

  /// Twice that, so that at least as many more are numbered before a number leads elsewhere.
  private static final int ENTRIES = 2 * STANDING_MAX;

  private final Numbering numbering;
  private final AtomicReferenceArray<@Nullable Slot> entries = new AtomicReferenceArray<>(ENTRIES);
  private Map<AttemptRequest, Slot> standing = Map.of();
  private int lastNumber;

  public SlotTable(Numbering numbering) {
    this.numbering = numbering;
  }

  /// The slots of `requests`, which now stand in place of the former ones.
  public synchronized List<Slot> replace(List<AttemptRequest> requests) {
    if (requests.size() > STANDING_MAX) {
      throw new IllegalArgumentException(
          "requests (%d entries) must be at most %d".formatted(requests.size(), STANDING_MAX));
    }
    Map<AttemptRequest, Slot> now = new LinkedHashMap<>();
    List<AttemptRequest> fresh = new ArrayList<>();
    for (AttemptRequest request : requests) {
      Slot known = standing.get(request);
      if (known == null) {
        fresh.add(request);
      } else {
        now.put(request, known);
      }
    }
    standing = now;
    for (AttemptRequest request : fresh) {
      Slot slot = new Slot(nextNumber(), numbering.link(request), numbering.mode(request), request);
      entries.set(entry(slot.number()), slot);
      now.put(request, slot);
    }
    return List.copyOf(now.values());
  }

  private int nextNumber() {
    Slot former;
    do {
      lastNumber++;
      former = entries.get(entry(lastNumber));
    } while (former != null && former.equals(standing.get(former.request())));
    return lastNumber;
  }

  private static int entry(int number) {
    return number & (ENTRIES - 1);
  }

  /// The slot of that number, or null where it is not known, or not any more.
  @Nullable Slot slot(int number) {
    Slot slot = entries.get(entry(number));
    return slot != null && slot.number() == number ? slot : null;
  }
}
