package net.bellwether.cli;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bellwether.v1.PlanRequestRequest;

/// One line of `--requests`: a JSON object that says a planning question, over what the options say
/// of all of them.
final class QuestionLine {
  private static final String DISJOINT_FROM = "disjointFrom";
  private static final Pattern COLUMN = Pattern.compile("column (\\d+)");

  private final JsonReader reader;
  private final PlanRequestRequest.Builder question;
  private final Set<QuestionField> said = EnumSet.noneOf(QuestionField.class);

  private QuestionLine(String text, PlanRequestRequest defaults) {
    this.reader = new JsonReader(new StringReader(text));
    this.reader.setStrictness(Strictness.STRICT);
    this.question = defaults.toBuilder();
  }

  /// The question.
  ///
  /// @throws IllegalArgumentException where the line is no such object; names the key
  static PlanRequestRequest parse(String text, PlanRequestRequest defaults) {
    try {
      return new QuestionLine(text, defaults).read();
    } catch (IOException | IllegalStateException e) {
      Matcher column = COLUMN.matcher(String.valueOf(e.getMessage()));
      throw new IllegalArgumentException(
          "must be one JSON object"
              + (column.find() ? "; it is none at column " + column.group(1) : ""),
          e);
    }
  }

  private PlanRequestRequest read() throws IOException {
    Set<String> disjointFrom = new LinkedHashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (key.equals(DISJOINT_FROM)) {
        disjointFrom.add(text(key));
      } else {
        set(field(key));
      }
    }
    reader.endObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new IllegalArgumentException("must be one JSON object");
    }
    for (String file : disjointFrom) {
      question.addAllExcluded(EarlierPlan.linksToAvoid(DISJOINT_FROM, Path.of(file)));
    }
    require(QuestionField.FROM, question.getFromNode());
    require(QuestionField.TO, question.getToNode());
    return question.build();
  }

  private QuestionField field(String key) {
    QuestionField field =
        QuestionField.findByKey(key)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s is not a key of a request; keys: %s".formatted(key, keys())));
    if (!said.add(field)) {
      throw new IllegalArgumentException(key + " must be there once only");
    }
    return field;
  }

  private static String keys() {
    return Stream.concat(
            Stream.of(QuestionField.values()).map(QuestionField::key), Stream.of(DISJOINT_FROM))
        .collect(Collectors.joining(", "));
  }

  private void set(QuestionField field) throws IOException {
    String key = field.key();
    FieldDescriptor descriptor = field.field();
    question.clearField(descriptor);
    if (descriptor.isMapField()) {
      question.putAllPrices(prices(key));
    } else if (descriptor.isRepeated()) {
      addTexts(key, descriptor);
    } else {
      question.setField(descriptor, value(key, descriptor.getJavaType()));
    }
    if (field == QuestionField.MIN_FIDELITY && question.getMinFidelity() == 0) {
      throw new IllegalArgumentException(key + " (0) must be in (0.5, 1]");
    }
  }

  private Object value(String key, JavaType type) throws IOException {
    return switch (type) {
      case DOUBLE -> number(key);
      case INT -> Math.toIntExact(whole(key, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case LONG -> whole(key, Long.MIN_VALUE, Long.MAX_VALUE);
      case BOOLEAN -> {
        expect(key, JsonToken.BOOLEAN, "true or false");
        yield reader.nextBoolean();
      }
      default -> text(key);
    };
  }

  private Map<String, Double> prices(String key) throws IOException {
    expect(key, JsonToken.BEGIN_OBJECT, "an object of prices by link");
    Map<String, Double> prices = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String link = reader.nextName();
      if (prices.put(link, number(key + " of " + link)) != null) {
        throw new IllegalArgumentException(key + " of " + link + " must be there once only");
      }
    }
    reader.endObject();
    return prices;
  }

  private void addTexts(String key, FieldDescriptor descriptor) throws IOException {
    if (reader.peek() == JsonToken.STRING) {
      question.addRepeatedField(descriptor, text(key));
      return;
    }
    expect(key, JsonToken.BEGIN_ARRAY, "a name or an array of names");
    reader.beginArray();
    while (reader.hasNext()) {
      question.addRepeatedField(descriptor, text(key));
    }
    reader.endArray();
  }

  private String text(String key) throws IOException {
    expect(key, JsonToken.STRING, "a string");
    return reader.nextString();
  }

  private double number(String key) throws IOException {
    expect(key, JsonToken.NUMBER, "a number");
    return Double.parseDouble(reader.nextString());
  }

  private long whole(String key, long min, long max) throws IOException {
    expect(key, JsonToken.NUMBER, "a whole number");
    String written = reader.nextString();
    try {
      long value = Long.parseLong(written);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s (%s) must be a whole number of at most %d".formatted(key, written, max));
  }

  private void expect(String key, JsonToken token, String what) throws IOException {
    if (reader.peek() != token) {
      throw new IllegalArgumentException(key + " must be " + what);
    }
  }

  private static void require(QuestionField end, String node) {
    if (node.isEmpty()) {
      throw new IllegalArgumentException(end.key() + " must name a node");
    }
  }
}
