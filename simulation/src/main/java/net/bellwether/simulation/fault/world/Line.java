package net.bellwether.simulation.fault.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A stream between the process that dialled and the one that accepted, each of one life. Messages
/// are what they do where they arrive.
public final class Line {
  /// Hears what becomes of the stream at one end, in the process's queue.
  public interface Ear {
    /// The other end has accepted.
    default void opened(End end) {}

    /// The stream is over, at this end.
    void lost(End end, String reason);
  }

  /// Takes part at the end that was dialled, in that process.
  public interface Accept {
    Ear accepted(End end);
  }

  /// One of the two ends.
  public final class End {
    private final Host host;
    private final Deque<Runnable> coming = new ArrayDeque<>();
    private @Nullable Ear ear;
    private boolean open = true;

    End(Host host) {
      this.host = host;
    }

    public Host host() {
      return host;
    }

    public boolean isOpen() {
      return open;
    }

    /// `arrival` happens at the other end, after everything sent before.
    public void send(Runnable arrival) {
      if (open) {
        End other = other(this);
        other.coming.add(arrival);
        world.after(net.latencyMicros(), other::take);
      }
    }

    /// Takes the next message, if it is through.
    private void take() {
      if (open && net.reaches(other(this).host.name(), host.name()) && !coming.isEmpty()) {
        Runnable arrival = coming.remove();
        host.post(() -> {
          if (open) {
            arrival.run();
          }
        });
      }
    }

    /// Ends the stream here; the other end learns of it as far as the network lets it.
    public void close(String reason) {
      if (open) {
        open = false;
        coming.clear();
        tell(reason);
        forgetWhenOver();
      }
    }

    /// Notices that the other end is not there, and tells it if it is.
    private void giveUp(String reason) {
      if (open) {
        lose(reason);
        tell(reason);
      }
    }

    private void tell(String reason) {
      End other = other(this);
      world.after(
          net.latencyMicros(),
          () -> {
            if (net.reaches(host.name(), other.host.name())) {
              other.lose(reason);
            }
          });
    }

    private void lose(String reason) {
      if (open) {
        open = false;
        coming.clear();
        Ear hears = ear;
        if (hears != null) {
          host.post(() -> hears.lost(this, reason));
        }
        forgetWhenOver();
      }
    }
  }

  private static final long AFTER_HEALING_MICROS = World.MILLI;

  private final Net net;
  private final World world;
  private final End near;
  private final End far;

  Line(Net net, World world, Host from, Host to, Ear ear) {
    this.net = net;
    this.world = world;
    this.near = new End(from);
    this.far = new End(to);
    near.ear = ear;
    from.onEnd(() -> died(near));
  }

  void open(Accept accept) {
    world.after(
        net.latencyMicros(),
        () -> {
          boolean reached =
              net.reaches(near.host.name(), far.host.name())
                  && net.reaches(far.host.name(), near.host.name());
          if (!near.open) {
            far.open = false;
            forgetWhenOver();
          } else if (!reached || !far.host.isUp() || far.host.isPaused()) {
            far.open = false;
            world.after(
                far.host.isUp() || !reached ? World.SECOND : net.latencyMicros(),
                () -> near.lose("no answer"));
          } else {
            far.host.onEnd(() -> died(far));
            far.host.post(() -> {
              if (far.open) {
                far.ear = accept.accepted(far);
                Ear hears = near.ear;
                if (hears != null) {
                  near.host.post(() -> {
                    if (near.open) {
                      hears.opened(near);
                    }
                  });
                }
              }
            });
          }
        });
  }

  private End other(End end) {
    return end.equals(near) ? far : near;
  }

  private void died(End end) {
    end.open = false;
    end.coming.clear();
    End other = other(end);
    if (!other.open) {
      forgetWhenOver();
      return;
    }
    // A machine that is gone sends no reset.
    boolean silently = world.chance(0.3);
    world.after(
        silently ? net.noticedMicros() : net.latencyMicros(),
        () -> {
          if (silently || net.reaches(end.host.name(), other.host.name())) {
            other.lose("connection reset");
          } else {
            world.after(net.noticedMicros(), () -> other.lose("keep-alive"));
          }
        });
  }

  private void forgetWhenOver() {
    if (!near.open && !far.open) {
      net.forget(this);
    }
  }

  boolean touches(Host host) {
    return near.host.equals(host) || far.host.equals(host);
  }

  boolean crosses(String one, String other) {
    return (near.host.name().equals(one) && far.host.name().equals(other))
        || (near.host.name().equals(other) && far.host.name().equals(one));
  }

  /// Each end gives the stream up if there is still reason to when it looks.
  void doubt(BooleanSupplier reason) {
    for (End end : new End[] {near, far}) {
      world.after(
          net.noticedMicros(),
          () -> {
            if (reason.getAsBoolean()) {
              end.giveUp("keep-alive");
            }
          });
    }
  }

  void resume() {
    for (End end : new End[] {near, far}) {
      for (int i = end.coming.size(); i > 0; i--) {
        world.after(AFTER_HEALING_MICROS, end::take);
      }
      if (end.open && !other(end).open) {
        world.after(net.noticedMicros(), () -> end.lose("keep-alive"));
      }
    }
  }

  void breakOff(String reason) {
    near.lose(reason);
    far.lose(reason);
  }
}
