package net.bellwether.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// A plan that was printed before, as JSON.
final class EarlierPlan {
  /// A plan is a few kilobytes; a hundred alternatives stay below.
  private static final long BYTES_MAX = 4 << 20;

  private static final String CONSUMED = "pairsConsumedPerLink";

  private EarlierPlan() {}

  /// What a plan that shares no link with it has to avoid. `name` is who asks for it, in errors.
  static List<String> linksToAvoid(String name, Path file) {
    JsonElement plan = read(name, file);
    if (plan instanceof JsonObject fields
        && fields.get(CONSUMED) instanceof JsonObject consumed
        && !consumed.isEmpty()) {
      return consumed.keySet().stream().map(link -> "link:" + link).toList();
    }
    throw mistake(
        name, file, "must hold a plan as bellctl plan -o json prints it, with " + CONSUMED);
  }

  private static JsonElement read(String name, Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > BYTES_MAX) {
        throw mistake(name, file, "must hold at most " + BYTES_MAX + " bytes");
      }
      return JsonParser.parseString(Files.readString(file));
    } catch (NoSuchFileException _) {
      throw mistake(name, file, "does not exist");
    } catch (CharacterCodingException | JsonParseException _) {
      throw mistake(name, file, "must hold one plan as JSON");
    } catch (IOException e) {
      throw mistake(name, file, "cannot be read: " + e.getMessage());
    }
  }

  private static IllegalArgumentException mistake(String name, Path file, String rule) {
    return new IllegalArgumentException("%s (%s) %s".formatted(name, file, rule));
  }
}
