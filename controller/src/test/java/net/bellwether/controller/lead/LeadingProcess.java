package net.bellwether.controller.lead;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import net.bellwether.controller.store.etcd.EtcdBallot;
import net.bellwether.controller.store.etcd.EtcdClient;
import net.bellwether.controller.store.etcd.EtcdConfig;
import net.bellwether.wire.TlsFiles;

/// A program that stands in the election until it is killed, and says when it leads.
final class LeadingProcess {
  private LeadingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    EtcdConfig config =
        new EtcdConfig(
            List.of(arguments[0].split(",", -1)),
            new TlsFiles(Path.of(arguments[1])),
            arguments[2],
            EtcdConfig.REQUEST_TIMEOUT,
            Duration.ofSeconds(15));
    EtcdBallot ballot =
        EtcdBallot.open(new EtcdClient(config), "test.example", InstantSource.system(), 0);
    LeaderElection.start(
        ballot,
        LeaderElectionTest.SHORT,
        "one:1",
        () -> System.nanoTime() / 1_000_000,
        new LeaderElection.Listener() {
          @Override
          public void led(long term) {
            out.println("led " + term);
          }

          @Override
          public void fenced(String reason) {
            out.println("fenced");
          }

          @Override
          public void following(String endpoint) {}

          @Override
          public void leaderless() {}
        });
    Thread.currentThread().join();
  }
}
