package net.bellwether.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages are well formed, and break nobody who was built with those of the baseline. Changed
/// copies show that the second can fail.
class MessagesIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path BUF = MODULE.resolve("target/buf/buf.exe");
  private static final Path BASELINE = MODULE.resolve("baseline.binpb");
  private static final Path SOURCES = Path.of("src/main/proto/bellwether/v1");

  @TempDir Path copy;

  @BeforeAll
  static void bufMayBeRun() {
    assertThat(BUF.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void messagesAreWellFormed() throws Exception {
    assertThat(buf(MODULE, "lint")).isEmpty();
  }

  @Test
  void messagesBreakNobodyOfTheBaseline() throws Exception {
    assertThat(breaksIn(MODULE)).as("breaks: see docs/decisions/0015").isEmpty();
  }

  @Test
  void fieldUnderAnotherNumberIsRefused() throws Exception {
    change("session.proto", "string tenant = 2;", "string tenant = 99;");
    assertThat(breaksIn(copy)).contains("field \"2\" with name \"tenant\"");
  }

  @Test
  void fieldUnderAnotherNameIsRefused() throws Exception {
    change("session.proto", "string tenant = 2;", "string owner = 2;");
    assertThat(breaksIn(copy)).contains("\"tenant\" to \"owner\"");
  }

  @Test
  void missingMethodIsRefused() throws Exception {
    change("session.proto", "rpc GetSession(GetSessionRequest) returns (GetSessionResponse);", "");
    assertThat(breaksIn(copy)).contains("RPC \"GetSession\"");
  }

  private static String breaksIn(Path module) throws Exception {
    return buf(module, "breaking", "--against", BASELINE.toString());
  }

  /// What buf has against the module's messages; empty when nothing.
  private static String buf(Path module, String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of(BUF.toString()), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).directory(module.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return status == 0 ? "" : "status " + status + "\n" + output;
  }

  /// Makes `copy` a module like ours with another text in one of its files.
  private void change(String file, String from, String to) throws IOException {
    Files.createDirectories(copy.resolve(SOURCES));
    Files.copy(MODULE.resolve("buf.yaml"), copy.resolve("buf.yaml"));
    try (Stream<Path> sources = Files.list(MODULE.resolve(SOURCES))) {
      for (Path source : sources.toList()) {
        Files.copy(source, copy.resolve(SOURCES).resolve(source.getFileName()));
      }
    }
    Path changed = copy.resolve(SOURCES).resolve(file);
    String text = Files.readString(changed);
    assertThat(text).containsOnlyOnce(from);
    Files.writeString(changed, text.replace(from, to));
  }
}
