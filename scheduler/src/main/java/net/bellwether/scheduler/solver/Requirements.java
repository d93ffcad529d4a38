package net.bellwether.scheduler.solver;

import net.bellwether.scheduler.request.Limits;

/// What every path of a plan must visit, as bits, and how many links it may have.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Requirements(int[] nodes, int[] links, int maxHops) {
  static final Requirements NONE = new Requirements(new int[0], new int[0], Integer.MAX_VALUE);

  static Requirements of(NetworkSnapshot snapshot, Limits limits) {
    return new Requirements(
        Usable.nodes(snapshot, limits.requiredNodes()),
        Usable.links(snapshot, limits.requiredLinks()),
        limits.maxHops());
  }

  boolean isEmpty() {
    return nodes.length + links.length == 0;
  }

  int everything() {
    return (1 << (nodes.length + links.length)) - 1;
  }

  int node(int node) {
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] == node) {
        return 1 << i;
      }
    }
    return 0;
  }

  int link(int link) {
    for (int i = 0; i < links.length; i++) {
      if (links[i] == link) {
        return 1 << (nodes.length + i);
      }
    }
    return 0;
  }
}
