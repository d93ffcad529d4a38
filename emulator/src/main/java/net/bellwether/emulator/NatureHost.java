package net.bellwether.emulator;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import net.bellwether.emulator.herald.HeraldClaim;
import net.bellwether.emulator.herald.HeraldServer;
import net.bellwether.emulator.herald.HeraldSink;
import net.bellwether.emulator.nature.AttemptRequest;
import net.bellwether.emulator.nature.Command;
import net.bellwether.emulator.nature.Happening;
import net.bellwether.emulator.nature.HeraldBatch;
import net.bellwether.emulator.nature.Nature;
import net.bellwether.emulator.nature.NatureReport;
import net.bellwether.emulator.nature.Outcome;
import net.bellwether.topology.Link;
import net.bellwether.topology.id.NodeId;
import net.bellwether.v1.AttachResponse;
import net.bellwether.v1.HeraldSource;
import net.bellwether.v1.HeraldTransport;
import net.bellwether.wire.RpcErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Nature with its attached nodes, safe for use by many threads: one lock guards the state machine,
/// and what is sent is sent inside it, so that outcomes and heralds leave in the order in which
/// they happened. Nothing inside waits: a command costs about a microsecond.
final class NatureHost {
  private static final Logger LOG = LoggerFactory.getLogger(NatureHost.class);

  /// Frames that are made up after a pause of the process. Stamps older than four seconds are
  /// refused, so earlier pairs would be of no use.
  private static final long MAX_CATCH_UP_FRAMES = 10;

  private final Nature nature;
  private final HeraldServer heralds;
  private final Map<NodeId, Attachment> attachments = new LinkedHashMap<>();
  private Set<AttemptRequest> reportedOvercommitted = new LinkedHashSet<>();

  NatureHost(Nature nature, HeraldServer heralds) {
    this.nature = nature;
    this.heralds = heralds;
  }

  /// Attaches a node; a former stream of it ends. The inventory is the first message on the new.
  synchronized Attachment attach(NodeId node, ServerCallStreamObserver<AttachResponse> stream) {
    if (nature.network().findNode(node).isEmpty()) {
      throw RpcErrors.notFound("node", node.value());
    }
    Attachment former = attachments.get(node);
    if (former != null) {
      detach(former);
      former.close(RpcErrors.unavailable("a newer stream of node " + node + " replaced this one"));
    }
    Attachment attachment = new Attachment(node, stream);
    attachments.put(node, attachment);
    nature.attach(node);
    byte[] token = heralds.expect(node, new Claim(attachment));
    attachment.expectWith(token);
    attachment.send(
        List.of(
            DeviceMessages.inventory(
                nature.network().node(node),
                linksOf(node),
                nature.epoch(),
                nature.now(node),
                source(token))));
    LOG.info("node {} attached", node);
    return attachment;
  }

  private HeraldSource source(byte[] token) {
    return HeraldSource.newBuilder()
        .setPort(heralds.port())
        .setToken(ByteString.copyFrom(token))
        .setTransport(
            heralds.isUdp()
                ? HeraldTransport.HERALD_TRANSPORT_UDP
                : HeraldTransport.HERALD_TRANSPORT_TLS)
        .build();
  }

  private List<Link> linksOf(NodeId node) {
    return nature.network().links().values().stream()
        .filter(link -> link.a().equals(node) || link.b().equals(node))
        .toList();
  }

  private final class Claim implements HeraldClaim {
    private final Attachment attachment;

    Claim(Attachment attachment) {
      this.attachment = attachment;
    }

    @Override
    public void bound(HeraldSink sink) {
      fetch(attachment, sink);
    }

    @Override
    public void ended() {
      drop(attachment, RpcErrors.unavailable("the node's herald connection ended"));
    }
  }

  /// A node has come for its heralds; it learns at once from which on.
  private synchronized void fetch(Attachment attachment, HeraldSink sink) {
    if (!isCurrent(attachment)) {
      sink.close();
      return;
    }
    HeraldFeed feed = new HeraldFeed(linksOf(attachment.node), nature.epoch(), sink);
    attachment.fetchedBy(feed);
    feed.send(new HeraldBatch(List.of(), nature.now(attachment.node)), nextSequences(feed));
  }

  private List<Long> nextSequences(HeraldFeed feed) {
    return feed.linkIds().stream().map(nature::nextSequence).toList();
  }

  /// Whether `attachment` was still the node's.
  synchronized boolean detach(Attachment attachment) {
    if (attachments.get(attachment.node) != attachment) {
      return false;
    }
    attachments.remove(attachment.node);
    heralds.forget(attachment.heraldToken());
    attachment.findHeralds().ifPresent(HeraldFeed::close);
    nature.detach(attachment.node);
    LOG.info("node {} detached", attachment.node);
    return true;
  }

  synchronized void schedule(Attachment attachment, List<SlottedRequest> requests) {
    if (isCurrent(attachment)) {
      attachment.schedule(requests);
      List<AttemptRequest> wanted = requests.stream().map(SlottedRequest::request).toList();
      for (String refusal : nature.schedule(attachment.node, wanted)) {
        LOG.warn("node {} asked for pairs it cannot have: {}", attachment.node, refusal);
      }
    }
  }

  synchronized void execute(Attachment attachment, List<Command> commands, List<Outcome> refused) {
    if (isCurrent(attachment)) {
      List<Outcome> outcomes = new ArrayList<>(refused);
      outcomes.addAll(nature.execute(attachment.node, commands));
      attachment.send(DeviceMessages.outcomes(outcomes));
    }
  }

  /// As `Nature.apply`.
  synchronized long apply(Happening happening) {
    long fromFrame = nature.apply(happening);
    LOG.info("{} from frame {}", happening, fromFrame);
    return fromFrame;
  }

  /// As `Nature.describe`.
  synchronized NatureReport describe() {
    return nature.describe();
  }

  /// Lets all frames before `frame` pass.
  synchronized void tick(long frame) {
    long behind = frame - nature.now().frame();
    if (behind > MAX_CATCH_UP_FRAMES) {
      LOG.warn("skipped {} frames in which this process did not run", behind - 1);
      nature.skipTo(frame - 1);
    }
    while (nature.now().frame() < frame) {
      deliver(nature.advanceTo(nature.now().frame() + 1));
    }
    reportOvercommitted();
  }

  private void deliver(SequencedMap<NodeId, HeraldBatch> batches) {
    batches.forEach((node, batch) -> {
      Attachment attachment = attachments.get(node);
      if (attachment == null) {
        return;
      }
      if (attachment.isStalled()) {
        LOG.warn("node {} does not read its heralds; its stream is dropped", node);
        detach(attachment);
        attachment.close(RpcErrors.unavailable("node " + node + " did not read for 2 s"));
      } else {
        attachment.findHeralds().ifPresent(feed -> feed.send(batch, nextSequences(feed)));
      }
    });
  }

  private void reportOvercommitted() {
    Set<AttemptRequest> now = nature.overcommitted();
    for (AttemptRequest request : now) {
      if (!reportedOvercommitted.contains(request)) {
        LOG.warn(
            "flow {} generation {} on link {} is not attempted: earlier requests hold the qubits",
            request.flow(),
            request.generation(),
            request.link());
      }
    }
    reportedOvercommitted = now;
  }

  /// Ends a stream for a mistake of its node, or because its heralds cannot reach it any more.
  synchronized void drop(Attachment attachment, StatusRuntimeException reason) {
    detach(attachment);
    attachment.close(reason);
  }

  /// Ends a stream that its node has ended.
  synchronized void complete(Attachment attachment) {
    detach(attachment);
    attachment.complete();
  }

  synchronized void close(StatusRuntimeException reason) {
    for (Attachment attachment : List.copyOf(attachments.values())) {
      detach(attachment);
      attachment.close(reason);
    }
  }

  private boolean isCurrent(Attachment attachment) {
    return attachments.get(attachment.node) == attachment;
  }
}
