package net.bellwether.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is installed on a host is well formed.
final class ServiceDescriptionTest {
  private static final Pattern MAIN_CLASS = Pattern.compile("net\\.bellwether\\.[\\w.]+");

  @Test
  void everyUnitIsValidToSystemd() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "skipped: systemd-analyze is not installed here");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
    units().forEach(unit -> command.add(unit.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void everyUnitAndTheContainerNameClassesThatExist() throws Exception {
    List<Path> descriptions = new ArrayList<>(units());
    descriptions.add(Path.of("container", "entrypoint"));
    List<String> mainClasses = new ArrayList<>();
    for (Path description : descriptions) {
      MAIN_CLASS
          .matcher(Files.readString(description))
          .results()
          .forEach(found -> mainClasses.add(found.group()));
    }
    assertThat(mainClasses).hasSize(7);
    for (String mainClass : mainClasses) {
      assertThat(Class.forName(mainClass).getMethod("main", String[].class)).isNotNull();
    }
  }

  @Test
  void theMavenWrapperFindsItsJdkByItself() throws IOException {
    assertThat(Files.readString(Path.of("..", "mvnw")))
        .contains(". \"$(dirname \"$0\")/deploy/launcher/find-jdk.sh\"");
  }

  private static List<Path> units() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("systemd"))) {
      return files.filter(file -> file.toString().endsWith(".service")).sorted().toList();
    }
  }
}
