package net.bellwether.scheduler.solver;

/// The working memory of one thread: arrays as large as the largest network it has searched.
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private int nodes = -1;
  private Distances near = new Distances(0);
  private Distances far = new Distances(0);
  private Hops hops = new Hops(0);
  private LabelsAtNode atNode = new LabelsAtNode(0);

  static Scratch of(NetworkSnapshot snapshot) {
    Scratch scratch = OF_THREAD.get();
    if (snapshot.nodeCount() > scratch.nodes) {
      scratch.nodes = snapshot.nodeCount();
      scratch.near = new Distances(scratch.nodes);
      scratch.far = new Distances(scratch.nodes);
      scratch.hops = new Hops(scratch.nodes);
      scratch.atNode = new LabelsAtNode(scratch.nodes);
    }
    return scratch;
  }

  final Labels labels = new Labels();
  final LabelQueue queue = new LabelQueue(labels);
  final Spans spans = new Spans();
  final BellStates bellStates = new BellStates(labels);
  final PathLook look = new PathLook(labels);

  Distances near() {
    return near;
  }

  Distances far() {
    return far;
  }

  LabelsAtNode atNode() {
    return atNode;
  }

  Hops hops() {
    return hops;
  }
}
