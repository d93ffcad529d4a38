package net.bellwether.emulator.nature;

/// How a node differs from its declaration: a factor on T1 and T2 of its memory, memory qubits that
/// are gone, and how far the clock of its device is ahead of network time.
public record NodeCondition(double coherenceFactor, int brokenMemoryCount, long clockOffsetPicos) {
  /// As declared.
  public static final NodeCondition DECLARED = new NodeCondition(1, 0, 0);

  /// What it is once `happening` befell it. IllegalArgumentException where fewer than the broken of
  /// its `memoryCount` qubits still worked.
  NodeCondition after(Happening.OfNode happening, int memoryCount) {
    return switch (happening) {
      case Happening.ShortenCoherence shorten ->
          new NodeCondition(shorten.factor(), brokenMemoryCount, clockOffsetPicos);
      case Happening.BreakMemories broken -> {
        int working = memoryCount - brokenMemoryCount;
        if (broken.count() > working) {
          throw new IllegalArgumentException(
              "count (%d) must be at most the %d memory qubits of node %s that work"
                  .formatted(broken.count(), working, broken.node()));
        }
        yield new NodeCondition(
            coherenceFactor, brokenMemoryCount + broken.count(), clockOffsetPicos);
      }
      case Happening.ShiftClock shift ->
          new NodeCondition(coherenceFactor, brokenMemoryCount, shift.offsetPicos());
      case Happening.RepairNode _ -> DECLARED;
    };
  }
}
