package net.bellwether.controller.grpc;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.controller.engine.ControlCore;
import net.bellwether.controller.lead.Office;
import net.bellwether.controller.record.StateImage;
import net.bellwether.controller.store.StateStore;
import net.bellwether.v1.ImportStateRequest;
import net.bellwether.v1.ImportStateResponse;
import net.bellwether.v1.StateEnd;
import net.bellwether.v1.StateEntry;
import net.bellwether.v1.StatePart;
import net.bellwether.wire.RpcErrors;

/// One exported state on its way into this controller. Nothing changes until all of it is here and
/// is what it was when it was exported.
final class StateUpload implements StreamObserver<ImportStateRequest> {
  /// Version of the format.
  static final int SCHEMA = 1;

  /// As much as the embedded store holds.
  private static final long BYTES_MAX = 256L << 20;

  private final Office office;
  private final StreamObserver<ImportStateResponse> caller;
  private final List<StateImage.Entry> entries = new ArrayList<>();
  private final StateImage.Digest digest = new StateImage.Digest();
  private long bytes;
  private boolean begun;
  private boolean ended;
  private boolean refused;

  StateUpload(Office office, StreamObserver<ImportStateResponse> caller) {
    this.office = office;
    this.caller = caller;
  }

  @Override
  public void onNext(ImportStateRequest request) {
    if (refused) {
      return;
    }
    try {
      take(request.getPart());
    } catch (RuntimeException e) {
      refuse(e);
    }
  }

  private void take(StatePart part) {
    if (ended || begun == part.hasBeginning()) {
      throw RpcErrors.invalidArgument(
          "part", "parts must be one beginning, then entries, then one end");
    }
    switch (part.getPartCase()) {
      case BEGINNING -> {
        int schema = part.getBeginning().getSchema();
        if (schema != SCHEMA) {
          throw RpcErrors.invalidArgument(
              "part.beginning.schema",
              "(%d) must be %d: the state is of version %s of the program, this is another"
                  .formatted(schema, SCHEMA, part.getBeginning().getVersion()));
        }
        begun = true;
      }
      case ENTRIES -> part.getEntries().getEntriesList().forEach(this::take);
      case END -> check(part.getEnd());
      case PART_NOT_SET ->
          throw RpcErrors.invalidArgument("part", "must be of a kind that this version knows");
    }
  }

  private void take(StateEntry message) {
    StateImage.Entry entry = new StateImage.Entry(message.getKey(), message.getValue());
    bytes += message.getKey().length() + (long) message.getValue().size();
    if (bytes > BYTES_MAX) {
      throw RpcErrors.invalidArgument(
          "part.entries", "together they must have at most " + BYTES_MAX + " bytes");
    }
    digest.add(entry);
    entries.add(entry);
  }

  private void check(StateEnd end) {
    if (end.getEntryCount() != digest.count() || !end.getSha256().equals(digest.sha256())) {
      throw RpcErrors.invalidArgument(
          "part.end", "the entries are not those that were exported: the state is damaged");
    }
    ended = true;
  }

  @Override
  public void onError(Throwable failure) {
    refused = true;
  }

  @Override
  public void onCompleted() {
    if (refused) {
      return;
    }
    try {
      if (!ended) {
        throw RpcErrors.invalidArgument("part", "the end is missing: the state is not whole");
      }
      StateStore store = office.store();
      boolean replaced = office.engine().ask(core -> replace(core, store));
      if (!replaced) {
        throw RpcErrors.failedPrecondition(
            "this controller has a topology or sessions; a state is imported into an empty store"
                + " only");
      }
      caller.onNext(ImportStateResponse.newBuilder().setEntryCount(entries.size()).build());
      caller.onCompleted();
    } catch (RuntimeException e) {
      refuse(e);
    }
  }

  private boolean replace(ControlCore core, StateStore store) {
    if (!core.isBlank()) {
      return false;
    }
    core.replace(() -> StateImage.put(store, entries));
    return true;
  }

  private void refuse(RuntimeException reason) {
    refused = true;
    caller.onError(Replies.status(reason));
  }
}
