package net.bellwether.topology.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Graph Modelling Language \[himsolt1997\]: keys with values that are numbers, strings or, in
/// brackets, lists of such again. No library: the one at hand knows graphs, not this language's
/// positions and lines.
record Gml(String key, int line, String text, List<Gml> list) {
  /// Maps nest three deep.
  private static final int DEPTH_MAX = 16;

  private static final Pattern TOKEN =
      Pattern.compile("#[^\\n]*|\"[^\"]*\"|[\\[\\]]|[^\\s\\[\\]\"]+|\"");

  /// The document as a list without a key.
  static Gml parse(String documentName, String text) {
    return new Parser(documentName, text).document();
  }

  Stream<Gml> all(String name) {
    return list.stream().filter(each -> each.key.equals(name));
  }

  /// The text of the first such field, numbers included.
  Optional<String> find(String name) {
    return all(name).findFirst().map(Gml::text);
  }

  private static final class Parser {
    private final String documentName;
    private final String text;
    private final Matcher matcher;
    private int line = 1;
    private int counted;

    Parser(String documentName, String text) {
      this.documentName = documentName;
      this.text = text;
      matcher = TOKEN.matcher(text);
    }

    Gml document() {
      return new Gml("", 1, "", list(0));
    }

    private List<Gml> list(int depth) {
      List<Gml> found = new ArrayList<>();
      for (String key = next(); !key.isEmpty(); key = next()) {
        if (key.equals("]") && depth > 0) {
          return found;
        }
        if (!Character.isLetter(key.charAt(0))) {
          throw mistake("(" + key + ") must be a key, which begins with a letter");
        }
        found.add(field(key, depth));
      }
      if (depth > 0) {
        throw mistake("the document ends before its last ]");
      }
      return found;
    }

    private Gml field(String key, int depth) {
      int start = line;
      String value = next();
      if (value.equals("[")) {
        if (depth == DEPTH_MAX) {
          throw mistake("nesting must be at most " + DEPTH_MAX + " deep");
        }
        return new Gml(key, start, "", list(depth + 1));
      }
      if (value.isEmpty() || value.equals("]") || value.equals("\"")) {
        throw mistake(key + " must have a value");
      }
      return new Gml(key, start, unquoted(value), List.of());
    }

    /// The next token; empty at the end.
    private String next() {
      while (matcher.find()) {
        for (; counted < matcher.start(); counted++) {
          if (text.charAt(counted) == '\n') {
            line++;
          }
        }
        if (text.charAt(matcher.start()) != '#') {
          return matcher.group();
        }
      }
      return "";
    }

    private static String unquoted(String value) {
      return value.startsWith("\"")
          ? value.substring(1, value.length() - 1).replace("&quot;", "\"").replace("&amp;", "&")
          : value;
    }

    private IllegalArgumentException mistake(String rule) {
      return new IllegalArgumentException(documentName + ":" + line + ": is not GML: " + rule);
    }
  }
}
