package net.bellwether.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// A tree as JSON or YAML.
final class TreeText {
  private TreeText() {}

  static String json(Map<String, @Nullable Object> tree) {
    return json(tree, FormattingStyle.PRETTY);
  }

  static String jsonLine(Map<String, @Nullable Object> tree) {
    return json(tree, FormattingStyle.COMPACT);
  }

  private static String json(Map<String, @Nullable Object> tree, FormattingStyle style) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setFormattingStyle(style);
      writer.setHtmlSafe(false);
      writer.setSerializeNulls(true);
      write(writer, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  static String yaml(Map<String, @Nullable Object> tree) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setMultiLineFlow(false)
            .setWidth(1_000)
            .build();
    return new Dump(settings).dumpToString(tree);
  }

  private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> writer.nullValue();
      case Map<?, ?> map -> {
        writer.beginObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          writer.name(String.valueOf(entry.getKey()));
          write(writer, entry.getValue());
        }
        writer.endObject();
      }
      case Iterable<?> list -> {
        writer.beginArray();
        for (Object element : list) {
          write(writer, element);
        }
        writer.endArray();
      }
      case Number number -> writer.value(number);
      case Boolean flag -> writer.value(flag.booleanValue());
      default -> writer.value(value.toString());
    }
  }
}
