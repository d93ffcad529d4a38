package net.bellwether.agent.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.bellwether.v1.ActivateGeneration;
import net.bellwether.v1.ConnectResponse;
import net.bellwether.v1.PrepareRuleSet;

/// The rules that the controller has ordered and not taken back, the highest term it was ordered
/// under, and the node's boot epoch, all durable. An agent that restarts goes on from here without
/// a controller. Changes are durable once `save` has returned.
///
/// Not safe for use by several threads.
public final class StandingOrders {
  private final OrderRecord record;
  private final long bootEpoch;
  private long term;
  private final Map<Generation, PrepareRuleSet> prepared = new TreeMap<>();
  private final Map<Generation, ActivateGeneration> activated = new TreeMap<>();
  private boolean changed;

  private record Generation(String flow, long number) implements Comparable<Generation> {
    @Override
    public int compareTo(Generation other) {
      int byFlow = flow.compareTo(other.flow);
      return byFlow != 0 ? byFlow : Long.compare(number, other.number);
    }
  }

  private StandingOrders(OrderRecord record, OrderRecord.Content content, long bootEpoch) {
    this.record = record;
    this.bootEpoch = bootEpoch;
    this.term = content.term();
    content.orders().forEach(this::restore);
  }

  /// Opens the record in `directory`, or begins one, under a new boot epoch that is already
  /// durable. `nowSeconds` (since 1970) keeps the epoch rising even where the record was lost.
  ///
  /// @throws IllegalStateException where the record is damaged, says what to do
  /// @throws UncheckedIOException where it cannot be read or written
  public static StandingOrders open(Path directory, long nowSeconds) {
    return open(new OrderFile(directory), nowSeconds);
  }

  /// The same, wherever the record is kept.
  public static StandingOrders open(OrderRecord record, long nowSeconds) {
    OrderRecord.Content content = record.read();
    StandingOrders orders =
        new StandingOrders(record, content, Math.max(content.bootEpoch() + 1, nowSeconds));
    orders.changed = true;
    orders.save();
    return orders;
  }

  private void restore(ConnectResponse order) {
    switch (order.getMessageCase()) {
      case PREPARE -> prepare(order.getPrepare());
      case ACTIVATE -> activate(order.getActivate());
      case HELLO, REMOVE, KEY_SESSION, MESSAGE_NOT_SET ->
          throw new IllegalStateException(
              "record of orders holds an order that never stands: " + order.getMessageCase());
    }
  }

  public long bootEpoch() {
    return bootEpoch;
  }

  public long term() {
    return term;
  }

  /// Never lowers it.
  public void raiseTerm(long newTerm) {
    if (newTerm > term) {
      term = newTerm;
      changed = true;
    }
  }

  public void prepare(PrepareRuleSet order) {
    Generation key =
        new Generation(order.getRuleSet().getFlow(), order.getRuleSet().getGeneration());
    changed |= !order.equals(prepared.put(key, order));
  }

  public void activate(ActivateGeneration order) {
    Generation key = new Generation(order.getFlow(), order.getGeneration());
    changed |= !order.equals(activated.put(key, order));
  }

  /// Forgets a flow's generations up to `upToGeneration`.
  public void remove(String flow, long upToGeneration) {
    forgetIf(key -> key.flow().equals(flow) && key.number() <= upToGeneration);
  }

  /// Forgets one generation.
  public void forget(String flow, long generation) {
    forgetIf(new Generation(flow, generation)::equals);
  }

  private void forgetIf(Predicate<Generation> condition) {
    changed |= prepared.keySet().removeIf(condition);
    changed |= activated.keySet().removeIf(condition);
  }

  public Collection<PrepareRuleSet> prepared() {
    return List.copyOf(prepared.values());
  }

  public Collection<ActivateGeneration> activated() {
    return List.copyOf(activated.values());
  }

  /// Makes all changes durable, as one.
  ///
  /// @throws UncheckedIOException where that fails; the changes remain to be saved
  public void save() {
    if (!changed) {
      return;
    }
    List<ConnectResponse> orders = new ArrayList<>();
    prepared.values().forEach(order -> orders.add(order().setPrepare(order).build()));
    activated.values().forEach(order -> orders.add(order().setActivate(order).build()));
    try {
      record.write(new OrderRecord.Content(bootEpoch, term, orders));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot record orders in " + record, e);
    }
    changed = false;
  }

  private static ConnectResponse.Builder order() {
    return ConnectResponse.newBuilder();
  }
}
