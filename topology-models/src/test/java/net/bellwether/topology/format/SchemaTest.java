package net.bellwether.topology.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.bellwether.topology.document.MappingShape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SchemaTest {
  private static JsonObject definitions() throws IOException {
    return JsonParser.parseString(TopologyReaderTest.resource("topology.schema.json"))
        .getAsJsonObject()
        .getAsJsonObject("$defs");
  }

  @Test
  void schemaDefinesExactlyTheShapesOfTheReader() throws IOException {
    assertThat(definitions().keySet())
        .containsExactlyInAnyOrderElementsOf(Stream.of(Shape.values()).map(Enum::name).toList());
  }

  @TestFactory
  Stream<DynamicTest> schemaAndReaderKnowTheSameFields() throws IOException {
    JsonObject definitions = definitions();
    return Stream.of(Shape.values())
        .map(shape ->
            DynamicTest.dynamicTest(
                shape.name(), () -> sameFields(shape, definitions.getAsJsonObject(shape.name()))));
  }

  private static void sameFields(Shape shape, JsonObject definition) {
    List<String> required =
        definition.getAsJsonArray("required").asList().stream()
            .map(JsonElement::getAsString)
            .toList();
    assertAll(
        () -> assertThat(definition.get("additionalProperties").getAsBoolean()).isFalse(),
        () ->
            assertThat(definition.getAsJsonObject("properties").keySet())
                .containsExactlyElementsOf(shape.fields().keySet()),
        () ->
            assertThat(required)
                .containsExactlyElementsOf(
                    shape.fields().values().stream()
                        .filter(MappingShape.Field::required)
                        .map(MappingShape.Field::name)
                        .toList()));
  }

  @Test
  void schemaAndReaderKnowTheSameTypes() throws IOException {
    JsonObject link = definitions().getAsJsonObject("LINK").getAsJsonObject("properties");

    assertThat(types(link.getAsJsonObject("medium")))
        .containsExactlyElementsOf(LinkFields.MEDIA.keySet());
    assertThat(types(link.getAsJsonObject("heralding")))
        .containsExactlyElementsOf(LinkFields.HERALDINGS.keySet());
  }

  private static List<String> types(JsonObject choice) throws IOException {
    List<String> types = new ArrayList<>();
    for (JsonElement each : choice.getAsJsonArray("oneOf")) {
      String shape = each.getAsJsonObject().get("$ref").getAsString().replace("#/$defs/", "");
      types.add(
          definitions()
              .getAsJsonObject(shape)
              .getAsJsonObject("properties")
              .getAsJsonObject("type")
              .get("const")
              .getAsString());
      assertThat(types.getLast()).isEqualTo(shape.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return types;
  }

  /// The schema repeats ranges for editors; the records own them.
  @Test
  void rangesOfTheSchemaAreThoseOfTheReader() throws IOException {
    String document = TopologyReaderTest.resource("valid.yaml");
    List<String> accepted = new ArrayList<>();
    for (Map.Entry<String, JsonElement> shape : definitions().entrySet()) {
      JsonObject properties = shape.getValue().getAsJsonObject().getAsJsonObject("properties");
      for (Map.Entry<String, JsonElement> property : properties.entrySet()) {
        for (double outside : outside(property.getValue().getAsJsonObject())) {
          String field = property.getKey();
          String value =
              field.matches("count|channels|memoryModes") ? "" + (long) outside : "" + outside;
          String mistaken =
              document.replaceAll("\\b" + field + ": [-0-9.e]+", field + ": " + value);
          List<String> mistakes = TopologyReaderTest.mistakes(mistaken);
          if (mistakes.stream().noneMatch(m -> m.contains("." + field + ": "))) {
            accepted.add(field + " " + value + " " + mistakes);
          }
        }
      }
    }
    assertThat(accepted).isEmpty();
  }

  private static List<Double> outside(JsonObject property) {
    List<Double> values = new ArrayList<>();
    if (property.has("minimum")) {
      values.add(property.get("minimum").getAsDouble() - 1);
    }
    if (property.has("exclusiveMinimum")) {
      values.add(property.get("exclusiveMinimum").getAsDouble());
    }
    if (property.has("maximum")) {
      values.add(property.get("maximum").getAsDouble() + 1);
    }
    return values;
  }
}
