package net.bellwether.cli.chaos;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bellwether.cli.demo.LocalNetwork;
import net.bellwether.cli.passage.Passage;

/// A passage on every way of a network that goes through one. It outlives the programs at its ends,
/// which are started again where they listened before.
final class Passages implements LocalNetwork.Ways, AutoCloseable {
  private record Way(String from, String to) {}

  private final String host;
  private final Map<Way, Passage> passages = new ConcurrentHashMap<>();

  /// Passages that begin at an address of this machine.
  Passages(String host) {
    this.host = host;
  }

  @Override
  public String way(String from, String to, String endpoint) {
    return passages.computeIfAbsent(new Way(from, to), _ -> Passage.to(endpoint, host)).endpoint();
  }

  /// Through which `program` reaches others.
  List<Passage> from(String program) {
    return passages.entrySet().stream()
        .filter(entry -> entry.getKey().from().equals(program))
        .map(Map.Entry::getValue)
        .toList();
  }

  /// Through which others reach `program`.
  List<Passage> to(String program) {
    return passages.entrySet().stream()
        .filter(entry -> entry.getKey().to().equals(program))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void close() {
    passages.values().forEach(Passage::close);
  }
}
