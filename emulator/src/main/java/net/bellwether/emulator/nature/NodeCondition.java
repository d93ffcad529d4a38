package net.bellwether.emulator.nature;

/// How a node differs from its declaration: a factor on T1 and T2 of its memory, and memory qubits
/// that are gone.
public record NodeCondition(double coherenceFactor, int brokenMemoryCount) {
  /// As declared.
  public static final NodeCondition DECLARED = new NodeCondition(1, 0);

  /// What it is once `happening` befell it. IllegalArgumentException where fewer than the broken of
  /// its `memoryCount` qubits still worked.
  NodeCondition after(Happening.OfNode happening, int memoryCount) {
    return switch (happening) {
      case Happening.ShortenCoherence shorten ->
          new NodeCondition(shorten.factor(), brokenMemoryCount);
      case Happening.BreakMemories broken -> {
        int working = memoryCount - brokenMemoryCount;
        if (broken.count() > working) {
          throw new IllegalArgumentException(
              "count (%d) must be at most the %d memory qubits of node %s that work"
                  .formatted(broken.count(), working, broken.node()));
        }
        yield new NodeCondition(coherenceFactor, brokenMemoryCount + broken.count());
      }
      case Happening.RepairNode _ -> DECLARED;
    };
  }
}
