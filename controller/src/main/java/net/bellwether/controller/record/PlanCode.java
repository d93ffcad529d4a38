package net.bellwether.controller.record;

import java.util.List;
import net.bellwether.scheduler.plan.Plan;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.PurificationProtocol;

/// A plan as one line of text and back: `(generate LINK MODE LEFT RIGHT)`, `(swap NODE LEFT
/// RIGHT)`, `(purify PROTOCOL KEPT SACRIFICED)`, `(relay NODE LEFT RIGHT)`. Names hold neither
/// blanks nor brackets, so nothing needs quoting.
final class PlanCode {
  /// Nesting of a readable plan; a longer one is a damaged record, not a plan.
  private static final int DEPTH_MAX = 64;

  private final List<String> tokens;
  private int next;

  private PlanCode(List<String> tokens) {
    this.tokens = tokens;
  }

  static String write(Plan plan) {
    return switch (plan) {
      case Plan.Generate(LinkId link, String mode, NodeId left, NodeId right) ->
          "(generate %s %s %s %s)".formatted(link, mode, left, right);
      case Plan.Swap(Plan left, Plan right, NodeId at) ->
          "(swap %s %s %s)".formatted(at, write(left), write(right));
      case Plan.Purify(Plan kept, Plan sacrificed, PurificationProtocol protocol) ->
          "(purify %s %s %s)".formatted(protocol, write(kept), write(sacrificed));
      case Plan.Relay(Plan left, Plan right, NodeId at) ->
          "(relay %s %s %s)".formatted(at, write(left), write(right));
    };
  }

  static Plan read(String text) {
    PlanCode code =
        new PlanCode(List.of(text.replace("(", " ( ").replace(")", " ) ").strip().split(" +")));
    Plan plan = code.plan(0);
    if (code.next != code.tokens.size()) {
      throw new IllegalArgumentException("plan (" + text + ") must end after its last bracket");
    }
    return plan;
  }

  private Plan plan(int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("plan must nest at most " + DEPTH_MAX + " deep");
    }
    expect("(");
    String kind = take();
    Plan plan =
        switch (kind) {
          case "generate" ->
              new Plan.Generate(LinkId.of(take()), take(), NodeId.of(take()), NodeId.of(take()));
          case "swap" -> {
            NodeId at = NodeId.of(take());
            yield new Plan.Swap(plan(depth + 1), plan(depth + 1), at);
          }
          case "purify" -> {
            PurificationProtocol protocol = PurificationProtocol.valueOf(take());
            yield new Plan.Purify(plan(depth + 1), plan(depth + 1), protocol);
          }
          case "relay" -> {
            NodeId at = NodeId.of(take());
            yield new Plan.Relay(plan(depth + 1), plan(depth + 1), at);
          }
          default ->
              throw new IllegalArgumentException(
                  "plan step (" + kind + ") must be generate, swap, purify or relay");
        };
    expect(")");
    return plan;
  }

  private void expect(String token) {
    String found = take();
    if (!found.equals(token)) {
      throw new IllegalArgumentException(
          "plan token " + next + " (" + found + ") must be \"" + token + "\"");
    }
  }

  private String take() {
    if (next == tokens.size()) {
      throw new IllegalArgumentException("plan must not end after token " + next);
    }
    return tokens.get(next++);
  }
}
