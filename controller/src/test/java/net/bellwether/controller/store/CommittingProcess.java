package net.bellwether.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A program that commits as fast as it can and says on its standard output what was acknowledged,
/// until it is killed.
final class CommittingProcess {
  private static final int THREADS = 4;

  private CommittingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    StateStore store =
        SqliteStateStore.open(
            Path.of(arguments[0]), new Retention(50, 1 << 20), InstantSource.system());
    out.println("term " + store.term());
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      String prefix = "t" + store.term() + "/" + i + "/";
      threads[i] = Thread.ofPlatform().start(() -> commit(store, prefix, out));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void commit(StateStore store, String prefix, PrintStream out) {
    for (int i = 0; ; i++) {
      String key = prefix + i;
      byte[] value = ("value of " + key).getBytes(UTF_8);
      CommitResult result = store.commit(List.of(), List.of(Operation.put(key, value)), key);
      if (!(result instanceof CommitResult.Committed)) {
        throw new IllegalStateException("commit came to " + result);
      }
      out.println("ack " + key);
    }
  }
}
