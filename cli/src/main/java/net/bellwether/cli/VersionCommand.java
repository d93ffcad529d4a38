package net.bellwether.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import net.bellwether.v1.GetVersionRequest;
import net.bellwether.v1.GetVersionResponse;
import net.bellwether.wire.BuildVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `bellctl version`.
@Command(
    name = "version",
    description = "Prints the version of bellctl and, where one is named, of the controller.")
final class VersionCommand implements Callable<Integer> {
  private final Bellctl root;

  VersionCommand(Bellctl root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    SequencedMap<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("bellctl", BuildVersion.current());
    StringBuilder text = new StringBuilder("bellctl " + BuildVersion.current() + "\n");
    tree.put("controller", null);
    if (root.controller() != null) {
      try (ControllerConnection controller = root.connect()) {
        GetVersionResponse answer =
            controller.version().getVersion(GetVersionRequest.getDefaultInstance());
        tree.put("controller", answer.getVersion());
        text.append(
            "%s %s, API %s\n"
                .formatted(answer.getProgram(), answer.getVersion(), answer.getApiVersion()));
      }
    }
    Answers.print(root, tree, text::toString);
    return Exit.OK.code();
  }
}
