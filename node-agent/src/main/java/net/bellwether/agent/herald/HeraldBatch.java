package net.bellwether.agent.herald;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.bellwether.agent.engine.DeviceCommand;
import net.bellwether.agent.engine.Herald;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.pair.Pauli;
import net.bellwether.topology.time.NetworkTime;
import org.jspecify.annotations.Nullable;

/// Heralds in columns, as one thread fills them and the next reads them; used over and over. The
/// reader makes objects of them, then gives the batch back with `recycle`.
///
/// Columns of primitives, because the thread that receives allocates nothing for each herald
/// (`HeraldBenchmark`).
public final class HeraldBatch {
  /// Half a frame of 20,000 heralds a second.
  static final int HERALDS_MAX = 1024;

  static final int GAPS_MAX = 64;

  /// Pairs of one gap that are released by name. What a longer gap leaves behind, the device frees
  /// at the end of its round.
  static final int RELEASES_PER_GAP_MAX = 1024;

  /// By their numbers in a record.
  private static final Pauli[] BELL_INDICES = {Pauli.I, Pauli.X, Pauli.Y, Pauli.Z};

  private final BatchPool pool;
  private final @Nullable Slot[] owners = new @Nullable Slot[HERALDS_MAX];
  private final long[] sequences = new long[HERALDS_MAX];
  private final long[] frames = new long[HERALDS_MAX];
  private final long[] picos = new long[HERALDS_MAX];
  private final byte[] bellIndices = new byte[HERALDS_MAX];
  private final int[] gapLinks = new int[GAPS_MAX];
  private final long[] gapStarts = new long[GAPS_MAX];
  private final long[] gapLengths = new long[GAPS_MAX];
  private final long[] gapFrames = new long[GAPS_MAX];
  private final long[] gapPicos = new long[GAPS_MAX];
  private int heraldCount;
  private int gapCount;
  private boolean complete;
  private long completeFrame;
  private long completePicos;

  HeraldBatch(BatchPool pool) {
    this.pool = pool;
  }

  void add(Slot owner, long sequence, long frame, long picosInFrame, int bellIndex) {
    int at = heraldCount++;
    owners[at] = owner;
    sequences[at] = sequence;
    frames[at] = frame;
    picos[at] = picosInFrame;
    bellIndices[at] = (byte) bellIndex;
  }

  /// Pairs `start` to `start + length` of a link are not used; the device said so at `frame`.
  void addGap(int link, long start, long length, long frame, long picosInFrame) {
    int at = gapCount++;
    gapLinks[at] = link;
    gapStarts[at] = start;
    gapLengths[at] = length;
    gapFrames[at] = frame;
    gapPicos[at] = picosInFrame;
  }

  void completeUntil(long frame, long picosInFrame) {
    complete = true;
    completeFrame = frame;
    completePicos = picosInFrame;
  }

  /// Whether another record, which may add a herald and two gaps, would find no room.
  boolean isFull() {
    return heraldCount == HERALDS_MAX || gapCount > GAPS_MAX - 2;
  }

  boolean isEmpty() {
    return heraldCount == 0 && gapCount == 0 && !complete;
  }

  public int heraldCount() {
    return heraldCount;
  }

  /// New pairs, per link in order of time.
  public List<Herald> heralds() {
    List<Herald> heralds = new ArrayList<>(heraldCount);
    long epoch = pool.numbering().epoch();
    for (int at = 0; at < heraldCount; at++) {
      var request = Objects.requireNonNull(owners[at]).request();
      heralds.add(
          new Herald(
              new PairId.Elementary(request.link(), epoch, sequences[at]),
              new NetworkTime(frames[at], picos[at]),
              BELL_INDICES[bellIndices[at]],
              request.flow(),
              request.generation(),
              request.stage()));
    }
    return heralds;
  }

  /// Commands that free the qubits of pairs whose heralds were lost or are of no request.
  public List<DeviceCommand> releases() {
    List<DeviceCommand> releases = new ArrayList<>();
    for (int at = 0; at < gapCount; at++) {
      LinkId link = pool.numbering().links().get(gapLinks[at]);
      NetworkTime seen = new NetworkTime(gapFrames[at], gapPicos[at]);
      long count = Math.min(gapLengths[at], RELEASES_PER_GAP_MAX);
      for (long sequence = gapStarts[at]; sequence < gapStarts[at] + count; sequence++) {
        PairId pair = new PairId.Elementary(link, pool.numbering().epoch(), sequence);
        releases.add(new DeviceCommand.Release(DeviceCommand.UNTAGGED, seen, pair));
      }
    }
    return releases;
  }

  /// Everything before this time has been told with this batch; none where more is to come.
  public Optional<NetworkTime> findCompleteUntil() {
    return complete ? Optional.of(new NetworkTime(completeFrame, completePicos)) : Optional.empty();
  }

  /// Gives the batch back; nothing of it may be read any more.
  public void recycle() {
    heraldCount = 0;
    gapCount = 0;
    complete = false;
    pool.giveBack(this);
  }
}
