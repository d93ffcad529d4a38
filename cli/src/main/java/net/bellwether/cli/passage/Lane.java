package net.bellwether.cli.passage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// One direction of a connection. One thread takes in and another gives out, so that a delay does
/// not limit the rate.
final class Lane {
  private static final int PARCEL_BYTES_MAX = 64 << 10;

  /// Beyond some 16 MiB under way the sender waits, as it does for a full window.
  private static final int PARCELS_MAX = 256;

  private sealed interface Parcel {
    long dueNanos();

    record Bytes(ByteBuffer bytes, long dueNanos) implements Parcel {}

    /// The sender has nothing more to say.
    record End(long dueNanos) implements Parcel {}

    /// The sender's side of the connection broke.
    record Broken(long dueNanos) implements Parcel {}
  }

  private final SocketChannel from;
  private final SocketChannel to;
  private final Gate gate;

  /// Ends both sides of the connection, with a reset.
  private final Runnable reset;

  private final BlockingQueue<Parcel> parcels = new ArrayBlockingQueue<>(PARCELS_MAX);

  Lane(SocketChannel from, SocketChannel to, Gate gate, Runnable reset) {
    this.from = from;
    this.to = to;
    this.gate = gate;
    this.reset = reset;
  }

  /// Until the sender ends.
  void takeIn() {
    try {
      parcels.put(takeInBytes());
    } catch (InterruptedException _) {
      interrupted();
    }
  }

  /// Takes all bytes; what the last parcel is to be.
  private Parcel takeInBytes() throws InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(PARCEL_BYTES_MAX);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        ByteBuffer bytes = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        parcels.put(new Parcel.Bytes(bytes, gate.dueNanos()));
        buffer.clear();
      }
      return new Parcel.End(gate.dueNanos());
    } catch (IOException _) {
      return new Parcel.Broken(gate.dueNanos());
    }
  }

  /// Until the last parcel, also where the receiver is gone: the sender's thread waits for room.
  void giveOut() {
    try {
      while (true) {
        Parcel parcel = parcels.take();
        gate.await(parcel.dueNanos());
        switch (parcel) {
          case Parcel.Bytes(ByteBuffer bytes, _) -> give(bytes);
          case Parcel.End _ -> {
            end();
            return;
          }
          case Parcel.Broken _ -> {
            reset.run();
            return;
          }
        }
      }
    } catch (InterruptedException _) {
      interrupted();
    }
  }

  private void give(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        var _ = to.write(bytes);
      }
    } catch (IOException _) {
      reset.run();
    }
  }

  private void end() {
    try {
      to.shutdownOutput();
    } catch (IOException _) {
      reset.run();
    }
  }

  private void interrupted() {
    Thread.currentThread().interrupt();
    reset.run();
  }
}
