package net.bellwether.simulation.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.function.Function;
import net.bellwether.simulation.outcome.Figure;
import net.bellwether.simulation.outcome.GenerationOutcome;
import net.bellwether.simulation.outcome.RunOutcome;
import net.bellwether.simulation.outcome.SessionOutcome;
import net.bellwether.simulation.outcome.Waits;
import net.bellwether.simulation.tally.Estimate;

/// An outcome for programs (docs/simulation.md): field names in camel case with their units, what
/// is unknown is null.
final class OutcomeJson {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  private OutcomeJson() {}

  static String of(RunOutcome run) {
    JsonObject json = new JsonObject();
    json.addProperty("scenario", run.scenario());
    json.addProperty("seed", run.seed());
    json.addProperty("seconds", run.seconds());
    json.add("sessions", list(run.sessions(), OutcomeJson::session));
    json.add("nodes", GSON.toJsonTree(run.nodes()));
    json.add("occurrences", GSON.toJsonTree(run.occurrences()));
    json.addProperty("unlistedOccurrences", run.unlistedOccurrences());
    json.add("counts", GSON.toJsonTree(run.counts()));
    json.add("leaks", GSON.toJsonTree(run.leaks()));
    return GSON.toJson(json) + "\n";
  }

  private static JsonObject session(SessionOutcome session) {
    JsonObject json = new JsonObject();
    json.addProperty("id", session.id());
    json.addProperty("tenant", session.tenant());
    json.addProperty("from", session.from());
    json.addProperty("to", session.to());
    json.addProperty("state", session.state());
    json.addProperty("detail", session.detail());
    json.addProperty("promisedPairsPerSecond", session.promisedPairsPerSecond());
    json.add("generations", list(session.generations(), OutcomeJson::generation));
    return json;
  }

  private static JsonObject generation(GenerationOutcome generation) {
    JsonObject json = new JsonObject();
    json.addProperty("generation", generation.generation());
    json.addProperty("fromSeconds", generation.fromSeconds());
    json.addProperty("untilSeconds", generation.untilSeconds());
    json.addProperty("plan", generation.plan());
    json.addProperty("pairs", generation.pairs());
    json.add("pairsPerSecond", figure(generation.pairsPerSecond()));
    json.add("fidelity", figure(generation.fidelity()));
    json.add("qberZ", figure(generation.qberZ()));
    json.add("qberX", figure(generation.qberX()));
    json.add("qberY", figure(generation.qberY()));
    json.add("keyBitsPerSecond", figure(generation.keyBitsPerSecond()));
    json.addProperty("keyBits", generation.keyBits());
    json.addProperty("keyBlocks", generation.keyBlocks());
    json.addProperty("failedBlocks", generation.failedBlocks());
    json.add("fromWaits", waits(generation.fromWaits()));
    json.add("toWaits", waits(generation.toWaits()));
    return json;
  }

  private static JsonObject figure(Figure figure) {
    JsonObject json = new JsonObject();
    json.addProperty("predicted", figure.predicted());
    json.add("achieved", measured(figure, Estimate::value));
    json.add("halfWidth95", measured(figure, Estimate::halfWidth95));
    json.addProperty("outside", figure.isOutside());
    return json;
  }

  private static JsonElement measured(Figure figure, Function<Estimate, Double> part) {
    return figure
        .achieved()
        .<JsonElement>map(estimate -> new JsonPrimitive(part.apply(estimate)))
        .orElse(JsonNull.INSTANCE);
  }

  private static JsonObject waits(Waits waits) {
    JsonObject json = new JsonObject();
    json.add("meanSeconds", orNull(waits.meanSeconds()));
    json.add("p95Seconds", orNull(waits.p95Seconds()));
    return json;
  }

  private static JsonElement orNull(OptionalDouble value) {
    return value.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(value.getAsDouble());
  }

  private static <T> JsonArray list(Collection<T> items, Function<T, JsonObject> each) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(each.apply(item)));
    return array;
  }
}
