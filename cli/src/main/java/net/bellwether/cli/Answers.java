package net.bellwether.cli;

import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prints an answer in the format that was asked for.
final class Answers {
  private Answers() {}

  static void print(Bellctl root, Message message, Supplier<String> table) {
    print(root, MessageTree.of(message), table);
  }

  static void print(
      Bellctl root, SequencedMap<String, @Nullable Object> tree, Supplier<String> table) {
    root.out()
        .print(
            switch (root.format()) {
              case TABLE -> table.get();
              case JSON -> TreeText.json(tree);
              case YAML -> TreeText.yaml(tree);
            });
    root.out().flush();
  }

  /// A list, under `name` in a tree.
  static void printAll(
      Bellctl root, String name, List<? extends Message> messages, Supplier<String> table) {
    SequencedMap<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put(name, messages.stream().map(MessageTree::of).toList());
    print(root, tree, table);
  }

  /// One answer of several: a table line, a line of JSON, or a YAML document.
  static void printNext(Bellctl root, Message message, Supplier<String> line) {
    root.out()
        .print(
            switch (root.format()) {
              case TABLE -> line.get() + "\n";
              case JSON -> TreeText.jsonLine(MessageTree.of(message));
              case YAML -> "---\n" + TreeText.yaml(MessageTree.of(message));
            });
    root.out().flush();
  }
}
