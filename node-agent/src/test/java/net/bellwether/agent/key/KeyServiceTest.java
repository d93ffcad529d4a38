package net.bellwether.agent.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import net.bellwether.agent.engine.DeliveredPair;
import net.bellwether.topology.id.FlowId;
import net.bellwether.topology.id.LinkId;
import net.bellwether.topology.id.NodeId;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PairId;
import net.bellwether.topology.time.NetworkTime;
import net.bellwether.v1.KeySession;
import net.bellwether.v1.KeyStock;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two key services over real gRPC and HTTPS on loopback, fed by a nature that makes correlated
/// pairs.
class KeyServiceTest {
  private static final String DOMAIN = "test";

  @TempDir static Path shared;
  @TempDir Path directory;

  private final SplittableRandom nature = new SplittableRandom(5);
  private final List<AutoCloseable> open = new ArrayList<>();
  private CertificateAuthority authority;
  private KeyNode alice;
  private KeyNode bob;
  private long sequence;
  private long frame = 10_000;
  private String flow = "s-1";

  private static Path caDirectory() {
    return shared.resolve("ca");
  }

  private TlsFiles identity(Identity identity) {
    return authority.issue(identity, shared.resolve(identity.uri().getPath().replace('/', '_')));
  }

  private KeyNode node(String name, int port) {
    return new KeyNode(
        name, directory.resolve(name), identity(new Identity.Node(DOMAIN, NodeId.of(name))), port);
  }

  @BeforeEach
  void start() {
    authority = CertificateAuthority.openOrCreate(caDirectory(), DOMAIN);
    alice = node("alice", 0);
    bob = node("bob", 0);
    session(false);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    alice.close();
    bob.close();
  }

  private void session(boolean closed) {
    KeySession.Builder session =
        KeySession.newBuilder()
            .setSessionId("s-1")
            .setTenant("acme")
            .setBlockKeyBits(8_000)
            .setClosed(closed);
    alice.service.putSession(
        session
            .setLocalSae("app-a")
            .setPeerSae("app-b")
            .setPeerNode("bob")
            .setPeerEndpoint(bob.peerEndpoint())
            .setLeads(true)
            .build());
    bob.service.putSession(
        session
            .setLocalSae("app-b")
            .setPeerSae("app-a")
            .setPeerNode("alice")
            .setPeerEndpoint(alice.peerEndpoint())
            .setLeads(false)
            .build());
  }

  private Consumer sae(String tenant, String app) throws Exception {
    Consumer consumer = new Consumer(identity(new Identity.Sae(DOMAIN, tenant, app)));
    open.add(consumer);
    return consumer;
  }

  private void feed(int count) {
    List<DeliveredPair> left = new ArrayList<>();
    List<DeliveredPair> right = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Basis mine = nature.nextDouble() < 0.7 ? Basis.Z : Basis.X;
      Basis theirs = nature.nextDouble() < 0.7 ? Basis.Z : Basis.X;
      boolean bit = nature.nextBoolean();
      boolean other = mine == theirs ? bit ^ (nature.nextDouble() < 0.02) : nature.nextBoolean();
      PairId id = new PairId.Elementary(LinkId.of("alice-bob"), 1, sequence++);
      NetworkTime time = NetworkTime.startOfFrame(frame);
      left.add(new DeliveredPair(FlowId.of(flow), 1, id, mine, bit, time, false));
      right.add(new DeliveredPair(FlowId.of(flow), 1, id, theirs, other, time, false));
    }
    frame++;
    alice.service.accept(left, NetworkTime.startOfFrame(frame));
    bob.service.accept(right, NetworkTime.startOfFrame(frame));
  }

  private void distil(long blocks) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          feed(4000);
          return stock(alice).getBlockCount() >= blocks && stock(bob).getBlockCount() >= blocks;
        });
    settle();
  }

  /// Waits for the blocks still under way: the pairs were fed faster than they are distilled.
  private void settle() {
    AtomicReference<List<Long>> last = new AtomicReference<>(List.of());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .during(Duration.ofSeconds(1))
        .until(() -> {
          List<Long> now = distilledBits(alice);
          return now.equals(last.getAndSet(now)) && now.equals(distilledBits(bob));
        });
  }

  private static List<Long> distilledBits(KeyNode node) {
    return node.service.stocks().stream().map(KeyStock::getDistilledBits).toList();
  }

  private static KeyStock stock(KeyNode node) {
    return node.service.stocks().getFirst();
  }

  @Test
  void bothEndsGetTheSameKeys() throws Exception {
    distil(2);
    Consumer a = sae("acme", "app-a");
    Consumer b = sae("acme", "app-b");
    Set<String> keys = new HashSet<>();
    for (KeyNode owner : List.of(alice, bob)) {
      boolean fromAlice = owner == alice;
      Consumer master = fromAlice ? a : b;
      Consumer slave = fromAlice ? b : a;
      KeyNode other = fromAlice ? bob : alice;
      String slaveId = fromAlice ? "app-b" : "app-a";
      String masterId = fromAlice ? "app-a" : "app-b";
      Consumer.Answer got = master.get(owner, slaveId + "/enc_keys?number=3&size=128");
      assertThat(got.status()).as(got.body()).isEqualTo(200);
      assertThat(got.response().headers().firstValue("Cache-Control")).hasValue("no-store");
      List<String> ids = got.all("key_ID");
      assertThat(ids).hasSize(3).allMatch(id -> UUID.fromString(id).version() == 4);
      String body =
          "{\"key_IDs\":[{\"key_ID\":\"%s\"},{\"key_ID\":\"%s\",\"master_SAE_ID\":\"x\"}]}"
              .formatted(ids.get(2), ids.get(0));
      Consumer.Answer fetched = slave.post(other, masterId + "/dec_keys", body);
      assertThat(fetched.status()).as(fetched.body()).isEqualTo(200);
      assertThat(fetched.all("key_ID")).containsExactly(ids.get(2), ids.get(0));
      assertThat(fetched.all("key")).containsExactly(got.all("key").get(2), got.all("key").get(0));
      assertThat(slave.post(other, masterId + "/dec_keys", body).body())
          .isEqualTo("{\"message\":\"one or more keys specified are not found on KME\"}");
      Consumer.Answer last = slave.get(other, masterId + "/dec_keys?key_ID=" + ids.get(1));
      assertThat(last.all("key")).containsExactly(got.all("key").get(1));
      got.all("key").forEach(key -> assertThat(Base64.getDecoder().decode(key)).hasSize(16));
      keys.addAll(got.all("key"));
    }
    assertThat(keys).hasSize(6);
    assertThat(stock(alice).getDeliveredKeyCount()).isEqualTo(6);
    assertThat(stock(alice).getZ().getErrors()).isEqualTo(stock(bob).getZ().getErrors());
    assertThat(stock(alice).getDistilledBits()).isEqualTo(stock(bob).getDistilledBits());
  }

  @Test
  void statusHasEveryFieldAndMistakesAreNamed() throws Exception {
    Consumer a = sae("acme", "app-a");
    assertThat(a.get(alice, "app-b/status").body())
        .contains(
            "\"source_KME_ID\":\"alice\"",
            "\"target_KME_ID\":\"bob\"",
            "\"master_SAE_ID\":\"app-a\"",
            "\"slave_SAE_ID\":\"app-b\"",
            "\"key_size\":256",
            "\"stored_key_count\":0",
            "\"max_key_per_request\":128",
            "\"max_key_size\":8192",
            "\"min_key_size\":32",
            "\"max_SAE_ID_count\":0");
    assertThat(a.get(alice, "app%2Db/status").status()).isEqualTo(200);
    assertThat(a.get(alice, "app-b/enc_keys").status()).isEqualTo(503);
    HttpRequest empty =
        HttpRequest.newBuilder(Consumer.uri(alice, "app-b/enc_keys"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(a.send(empty).status()).isEqualTo(400);
    assertThat(a.post(alice, "app-b/enc_keys", "{}").body())
        .isEqualTo("{\"message\":\"not enough key in stock\"}");
    String[][] mistakes = {
      {"{\"size\":257}", "size shall be a multiple of 8"},
      {"{\"size\":16}", "size (16) shall be in [32, 8192]"},
      {"{\"number\":129}", "number (129) shall be in [1, 128]"},
      {"{\"number\":1,\"number\":2}", "uplicate"},
      {"{\"number\":1}x", "body shall be one JSON object"},
      {"{\"number\":\"1\"}", "number shall be an integer"},
      {"{\"number\":99999999999999999999999}", "body shall be one JSON object"},
      {
        "{\"extension_mandatory\":[{\"abc_x\":1}]}",
        "not all extension_mandatory parameters are supported"
      },
      {"{\"additional_slave_SAE_IDs\":[\"c\"]}", "additional_slave_SAE_IDs (1)"},
      {"[".repeat(100), "JSON"},
    };
    for (String[] mistake : mistakes) {
      Consumer.Answer answer = a.post(alice, "app-b/enc_keys", mistake[0]);
      assertThat(answer.status()).as(mistake[0]).isEqualTo(400);
      assertThat(answer.body()).as(mistake[0]).startsWith("{\"message\":\"").contains(mistake[1]);
    }
    assertThat(a.get(alice, "app-b/enc_keys?size=abc").status()).isEqualTo(400);
    assertThat(a.get(alice, "app-b/dec_keys").status()).isEqualTo(400);
    assertThat(a.get(alice, "app-b/dec_keys?key_ID=1-1-1-1-1").body()).contains("not found on KME");
    assertThat(a.post(alice, "app-b/enc_keys", " ".repeat(70_000)).status()).isEqualTo(413);
    assertThat(a.post(alice, "app-b/status", "{}").status()).isEqualTo(405);
    Consumer.Answer wrongType =
        a.send(
            HttpRequest.newBuilder(Consumer.uri(alice, "app-b/enc_keys"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(wrongType.status()).isEqualTo(415);
    assertThat(wrongType.body()).startsWith("{\"message\":\"");
    assertThat(wrongType.response().headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void firstBlockGivesKeyToBothEnds() throws Exception {
    distil(1);
    assertThat(stock(alice).getAvailableBits()).isPositive();
    assertThat(stock(bob).getAvailableBits()).isPositive();
    assertThat(sae("acme", "app-a").get(alice, "app-b/enc_keys?size=64").status()).isEqualTo(200);
    assertThat(sae("acme", "app-b").get(bob, "app-a/enc_keys?size=64").status()).isEqualTo(200);
  }

  @Test
  void headTakesNoKey() throws Exception {
    distil(2);
    Consumer a = sae("acme", "app-a");
    HttpRequest head = HttpRequest.newBuilder(Consumer.uri(alice, "app-b/enc_keys")).HEAD().build();
    assertThat(a.send(head).status()).isEqualTo(405);
    assertThat(stock(alice).getDeliveredKeyCount()).isZero();
  }

  @Test
  void partnerWithALineBreakIsAMistakeLikeAnyOther() throws Exception {
    Consumer.Answer answer = sae("acme", "app-a").get(alice, "x%0D%0AX-Y:%20z/status");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("x\\u000d\\u000aX-Y: z");
    assertThat(answer.response().headers().firstValue("X-Y")).isEmpty();
  }

  @Test
  void retriesWhileThePeerIsAwayBurnOneKey() throws Exception {
    distil(2);
    Consumer a = sae("acme", "app-a");
    bob.close();
    for (int i = 0; i < 3; i++) {
      Consumer.Answer away = a.get(alice, "app-b/enc_keys");
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.body()).isEqualTo("{\"message\":\"the peer KME cannot be reached\"}");
    }
    assertThat(stock(alice).getBurntKeyCount()).isEqualTo(1);
  }

  /// A second session of the same consumers, first in order.
  private void secondSession(String bobsEndpoint) {
    KeySession second =
        KeySession.newBuilder()
            .setSessionId("s-0")
            .setTenant("acme")
            .setBlockKeyBits(8_000)
            .setLocalSae("app-b")
            .setPeerSae("app-a")
            .setPeerNode("alice")
            .setPeerEndpoint(alice.peerEndpoint())
            .build();
    bob.service.putSession(second);
    alice.service.putSession(
        second.toBuilder()
            .setLocalSae("app-a")
            .setPeerSae("app-b")
            .setPeerNode("bob")
            .setPeerEndpoint(bobsEndpoint)
            .setLeads(true)
            .build());
    flow = "s-0";
  }

  @Test
  void wrongEndpointOfThePeerCanBeCorrected() {
    secondSession("nowhere");
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> true);
    secondSession(bob.peerEndpoint());
    distil(1);
  }

  @Test
  void everyKeyThatStatusCountsCanBeHadAtOnce() throws Exception {
    distil(1);
    secondSession(bob.peerEndpoint());
    distil(1);
    Consumer a = sae("acme", "app-a");
    String status = a.get(alice, "app-b/status").body();
    String stored = status.replaceAll(".*\"stored_key_count\":(\\d+).*", "$1");
    assertThat(Integer.parseInt(stored)).isGreaterThan(1);
    Consumer.Answer got = a.get(alice, "app-b/enc_keys?number=" + stored);
    assertThat(got.status()).as(got.body()).isEqualTo(200);
    Consumer.Answer fetched =
        sae("acme", "app-b")
            .post(
                bob,
                "app-a/dec_keys",
                got.all("key_ID").stream()
                    .map(id -> "{\"key_ID\":\"" + id + "\"}")
                    .collect(Collectors.joining(",", "{\"key_IDs\":[", "]}")));
    assertThat(fetched.all("key")).isEqualTo(got.all("key"));
    assertThat(a.get(alice, "app-b/enc_keys").status()).isEqualTo(503);
  }

  @Test
  void othersSeeNothing() throws Exception {
    distil(2);
    Consumer a = sae("acme", "app-a");
    Consumer foreign = sae("rival", "app-b");
    Consumer.Answer got = a.get(alice, "app-b/enc_keys");
    assertThat(got.status()).as(got.body()).isEqualTo(200);
    String id = got.all("key_ID").getFirst();
    Consumer.Answer existing = foreign.get(bob, "app-a/dec_keys?key_ID=" + id);
    Consumer.Answer missing = foreign.get(bob, "nobody/dec_keys?key_ID=" + UUID.randomUUID());
    assertThat(existing.status()).isEqualTo(401);
    assertThat(existing.body()).isEqualTo(missing.body());
    assertThat(foreign.get(bob, "app-a/status").status()).isEqualTo(400);
    assertThat(foreign.get(bob, "app-a/enc_keys").status()).isEqualTo(400);
    Consumer wrongApp = sae("acme", "app-c");
    assertThat(wrongApp.get(bob, "app-a/dec_keys?key_ID=" + id).status()).isEqualTo(401);
    Consumer nodeCertificate =
        new Consumer(identity(new Identity.Node(DOMAIN, NodeId.of("mallory"))));
    open.add(nodeCertificate);
    assertThat(nodeCertificate.get(bob, "app-a/status").status()).isEqualTo(401);
    TlsFiles rogue =
        CertificateAuthority.openOrCreate(directory.resolve("rogue"), DOMAIN)
            .issue(new Identity.Sae(DOMAIN, "acme", "app-b"), directory.resolve("rogue-sae"));
    Files.copy(caDirectory().resolve("ca.pem"), rogue.trust(), StandardCopyOption.REPLACE_EXISTING);
    Consumer impostor = new Consumer(rogue);
    open.add(impostor);
    assertThatThrownBy(() -> impostor.get(bob, "app-a/dec_keys?key_ID=" + id))
        .isInstanceOf(IOException.class);
    assertThat(sae("acme", "app-b").get(bob, "app-a/dec_keys?key_ID=" + id).status())
        .isEqualTo(200);
  }

  @Test
  void stockOutlivesRestartAndDistillationGoesOn() throws Exception {
    distil(2);
    Consumer a = sae("acme", "app-a");
    Consumer b = sae("acme", "app-b");
    Consumer.Answer got = a.get(alice, "app-b/enc_keys");
    int port = bob.port();
    bob.close();
    Consumer.Answer away = a.get(alice, "app-b/enc_keys");
    assertThat(away.status()).isEqualTo(503);
    assertThat(stock(alice).getBurntKeyCount()).isEqualTo(1);
    bob = node("bob", port);
    assertThat(b.get(bob, "app-a/dec_keys?key_ID=" + got.all("key_ID").getFirst()).all("key"))
        .isEqualTo(got.all("key"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stock(bob).getBurntKeyCount() == 1);
    long before = stock(alice).getBlockCount();
    distil(before + 1);
    assertThat(a.get(alice, "app-b/enc_keys").status()).isEqualTo(200);
  }

  @Test
  void oneOfManyRequestsForOneKeySucceeds() throws Exception {
    distil(2);
    Consumer b = sae("acme", "app-b");
    String id = sae("acme", "app-a").get(alice, "app-b/enc_keys").all("key_ID").getFirst();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(() -> b.get(bob, "app-a/dec_keys?key_ID=" + id).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> call : threads.invokeAll(calls)) {
        statuses.add(call.get());
      }
    }
    assertThat(statuses).containsOnlyOnce(200).hasSize(64);
    assertThat(new HashSet<>(statuses)).containsExactlyInAnyOrder(200, 400);
  }

  @Test
  void closedSessionKeepsItsStock() throws Exception {
    distil(2);
    session(true);
    assertThat(sae("acme", "app-a").get(alice, "app-b/enc_keys").status()).isEqualTo(200);
  }
}
