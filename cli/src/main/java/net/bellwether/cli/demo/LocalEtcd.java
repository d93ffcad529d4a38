package net.bellwether.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.bellwether.wire.CertificateAuthority;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;

/// How to run an etcd of a few members as processes on free ports, with an authority of its own
/// that certifies controllers only: whoever it certifies may write everything. Not thread-safe.
public final class LocalEtcd {
  private static final String TRUST_DOMAIN = "etcd.local";

  private final Path binary;
  private final Path state;
  private final LocalNetwork.Sites sites;
  private final CertificateAuthority authority;
  private final List<Member> members = new ArrayList<>();
  private final SequencedMap<String, List<String>> commands;

  private record Member(int number, String client, String peer) {
    String name() {
      return "etcd-" + number;
    }

    String clientUrl() {
      return "https://" + client;
    }

    String peerUrl() {
      return "https://" + peer;
    }
  }

  /// On this machine; `findEtcd` is the script that prints where the program is.
  public LocalEtcd(Path findEtcd, Path state, int count) {
    this(findEtcd, state, count, LocalNetwork.Sites.HERE);
  }

  /// With member N where `sites` has number N.
  public LocalEtcd(Path findEtcd, Path state, int count, LocalNetwork.Sites sites) {
    this.binary = find(findEtcd);
    this.state = state;
    this.sites = sites;
    this.authority = CertificateAuthority.openOrCreate(state.resolve("etcd-ca"), TRUST_DOMAIN);
    for (int number = 1; number <= count; number++) {
      String host = sites.host(number);
      members.add(new Member(number, host + ":" + freePort(), host + ":" + freePort()));
    }
    this.commands = startOf(members);
  }

  private static Path find(Path script) {
    try {
      Process process = new ProcessBuilder(script.toString()).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said.replaceFirst("^error: ", ""));
      }
      return Path.of(said);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + script, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for etcd", e);
    }
  }

  /// Of this machine; on others nothing else listens.
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }

  /// Where its members take clients, HOST:PORT each.
  public List<String> endpoints() {
    return members.stream().map(Member::client).toList();
  }

  /// Where the member of that name takes clients, HOST:PORT.
  public String endpoint(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .map(Member::client)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("etcd has no member (" + name + ")"));
  }

  /// Who a controller is towards etcd.
  public TlsFiles controller(int number) {
    return authority.issue(
        new Identity.Controller(TRUST_DOMAIN, number),
        state.resolve("identities").resolve("etcd-client-" + number));
  }

  /// How to start each member, by name; the same for every start, as running members read the
  /// certificates again at every connection.
  public SequencedMap<String, List<String>> commands() {
    return commands;
  }

  private SequencedMap<String, List<String>> startOf(List<Member> members) {
    TlsFiles server =
        authority.issue(
            new Identity.Controller(TRUST_DOMAIN, 0),
            state.resolve("identities").resolve("etcd"),
            sites.addresses().toArray(String[]::new));
    String cluster =
        members.stream()
            .map(member -> member.name() + "=" + member.peerUrl())
            .collect(Collectors.joining(","));
    SequencedMap<String, List<String>> starts = new TreeMap<>();
    for (Member member : members) {
      List<String> command = new ArrayList<>();
      command.add(binary.toString());
      command.addAll(List.of("--name", member.name()));
      command.addAll(List.of("--data-dir", state.resolve(member.name()).toString()));
      command.addAll(List.of("--listen-client-urls", member.clientUrl()));
      command.addAll(List.of("--advertise-client-urls", member.clientUrl()));
      command.addAll(List.of("--listen-peer-urls", member.peerUrl()));
      command.addAll(List.of("--initial-advertise-peer-urls", member.peerUrl()));
      command.addAll(List.of("--initial-cluster", cluster));
      command.addAll(List.of("--client-cert-auth", "--peer-client-cert-auth"));
      for (String prefix : List.of("--", "--peer-")) {
        command.addAll(List.of(prefix + "trusted-ca-file", server.trust().toString()));
        command.addAll(List.of(prefix + "cert-file", server.certificate().toString()));
        command.addAll(List.of(prefix + "key-file", server.privateKey().toString()));
      }
      // With 100 ms and a second, the defaults, losing etcd's leader stops writes three times as
      // long.
      command.addAll(List.of("--heartbeat-interval", "50", "--election-timeout", "500"));
      starts.put(member.name(), sites.on(member.number(), command));
    }
    return starts;
  }
}
