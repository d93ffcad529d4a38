package net.bellwether.controller.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bellwether.topology.id.FlowId;

/// The rules of one flow in all generations that agents may still hold, oldest first. The last one
/// is the target; older ones keep their rounds until they are gone from every node. `lastNumber` is
/// the highest generation ever used and never falls, so that no number is used twice. A flow that
/// is not `wanted` is being removed.
public record Flow(FlowId id, boolean wanted, long lastNumber, List<Generation> generations) {
  public Flow {
    generations = List.copyOf(generations);
  }

  public static Flow empty(FlowId id) {
    return new Flow(id, true, 0, List.of());
  }

  public Optional<Generation> findTarget() {
    return generations.isEmpty() ? Optional.empty() : Optional.of(generations.getLast());
  }

  public Optional<Generation> findGeneration(long number) {
    return generations.stream().filter(g -> g.number() == number).findFirst();
  }

  /// The generation whose pairs are made now: the newest activated one.
  public Optional<Generation> findInForce() {
    return generations.reversed().stream().filter(Generation::isActivated).findFirst();
  }

  /// With a further generation as target. An older one that was never activated stays listed until
  /// nodes have forgotten it.
  public Flow withTarget(Generation generation) {
    List<Generation> all = new ArrayList<>(generations);
    all.add(generation);
    return new Flow(id, true, generation.number(), all);
  }

  public Flow withTargetActivatedAt(long frame) {
    List<Generation> all = new ArrayList<>(generations);
    all.set(all.size() - 1, all.getLast().activatedAt(frame));
    return new Flow(id, wanted, lastNumber, all);
  }

  public Flow withOnly(List<Generation> remaining) {
    return new Flow(id, wanted, lastNumber, remaining);
  }

  public Flow unwanted() {
    return new Flow(id, false, lastNumber, generations);
  }
}
