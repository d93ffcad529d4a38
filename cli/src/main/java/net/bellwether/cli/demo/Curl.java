package net.bellwether.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.bellwether.wire.TlsFiles;

/// Fetches over HTTPS with a client certificate, by the `curl` program: the client that consumers
/// of ETSI GS QKD 014 already have, and one that shares no code with the server.
public final class Curl {
  private static final String PATIENCE_SECONDS = "20";

  private Curl() {}

  /// What came back: the HTTP status and the body.
  public record Reply(int status, String body, List<String> command) {}

  /// GET where `body` is empty, else POST of JSON.
  ///
  /// @throws IllegalStateException where curl is missing or finds no server, with its own words
  public static Reply fetch(TlsFiles client, String url, String body) {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
    command.addAll(List.of("--max-time", PATIENCE_SECONDS));
    command.addAll(List.of("--cacert", client.trust().toString()));
    command.addAll(List.of("--cert", client.certificate().toString()));
    command.addAll(List.of("--key", client.privateKey().toString()));
    if (!body.isEmpty()) {
      command.addAll(List.of("--json", body));
    }
    command.add(url);
    List<String> withStatus = new ArrayList<>(command);
    withStatus.addAll(List.of("--write-out", "\n%{http_code}"));
    try {
      Process process = new ProcessBuilder(withStatus).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(errors.strip());
      }
      int end = output.lastIndexOf('\n');
      return new Reply(
          Integer.parseInt(output.substring(end + 1).strip()), output.substring(0, end), command);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot run curl; install it (for example: apt install curl)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while curl was running", e);
    }
  }
}
