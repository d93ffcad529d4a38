package net.bellwether.topology.physics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static net.bellwether.topology.pair.PurificationProtocol.BBPSSW;
import static net.bellwether.topology.pair.PurificationProtocol.DEJMPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.bellwether.topology.Operations;
import net.bellwether.topology.Qubits;
import net.bellwether.topology.pair.Basis;
import net.bellwether.topology.pair.PurificationProtocol;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every formula in use against the vectors, which were computed independently (most of them also
/// from density matrices). Left out are those of formulas that nothing here uses: waiting times, at
/// least one of many modes, GHZ, device independence, teleportation, photon-number-resolving
/// detectors.
class PhysicsVectorsTest {
  private static final double TOLERANCE = 1e-9;

  /// So that a change of the reader cannot quietly skip vectors.
  private static final int COVERED = 86;

  @TestFactory
  List<DynamicTest> formulasMeetTheirVectors() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    // Some rows speak of the state of the row before them.
    String lastInputs = "";
    for (JsonElement element : vectors()) {
      JsonObject vector = element.getAsJsonObject();
      String section = vector.get("section").getAsString();
      String quantity = vector.get("quantity").getAsString();
      String own = vector.get("inputs").getAsString();
      String inputs = own.isEmpty() ? lastInputs : own;
      lastInputs = inputs;
      double[] expected = numbers(vector.get("value"));
      if (isUsed(section, quantity, inputs)) {
        tests.add(
            DynamicTest.dynamicTest(
                quantity + ": " + inputs,
                () -> {
                  double[] actual = compute(section, quantity, new VectorInputs(inputs));
                  assertThat(actual).hasSize(expected.length);
                  for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected[i], within(TOLERANCE));
                  }
                }));
      }
    }
    tests.add(DynamicTest.dynamicTest("count", () -> assertThat(tests).hasSize(COVERED + 1)));
    return tests;
  }

  private static boolean isUsed(String section, String quantity, String inputs) {
    return switch (section.charAt(0)) {
      case '1' -> !quantity.startsWith("WDM");
      case '3', '4', '5', '8' -> true;
      case '2' -> inputs.contains("pnr=False");
      case '7' ->
          !quantity.startsWith("DI rate")
              && !quantity.startsWith("teleport")
              && !quantity.startsWith("CHSH>2");
      default -> false;
    };
  }

  private static double[] compute(String section, String quantity, VectorInputs in) {
    return switch (section.charAt(0)) {
      case '1' -> channel(quantity, in);
      case '2' -> generation(quantity, in);
      case '3' -> swap(quantity, in);
      case '4' -> purification(quantity, in);
      case '5' -> memory(quantity, in);
      case '7' -> key(quantity, in);
      case '8' -> capacity(in);
      default -> throw new IllegalArgumentException(section);
    };
  }

  private static double[] channel(String quantity, VectorInputs in) {
    double value =
        switch (firstWord(quantity)) {
          case "fibre" -> Channel.fiberTransmission(in.number("L"), in.number("a"));
          case "dark" -> Channel.darkCountProbability(in.number("R"), in.number("dt"));
          case "sat" -> Channel.slantRangeKm(in.number("h"), in.number("elev"));
          case "free-space" ->
              Channel.diffractionTransmission(
                  in.number("z"), in.number("lam"), in.number("w0"), in.number("a"));
          case "atmosphere" ->
              Channel.atmosphereTransmission(in.number("eta_zen"), in.number("elev"));
          default -> throw new IllegalArgumentException(quantity);
        };
    return new double[] {value};
  }

  private static double[] generation(String quantity, VectorInputs in) {
    double etaA = in.number("etaA");
    double etaB = in.number("etaB");
    double dark = in.number("pd");
    double visibility = in.number("V");
    Generation made =
        quantity.startsWith("single-click")
            ? Generation.singleClick(in.number("al"), etaA, etaB, dark, visibility)
            : Generation.doubleClick(etaA, etaB, dark, visibility);
    return new double[] {made.successProbability(), made.state().fidelity()};
  }

  private static double[] swap(String quantity, VectorInputs in) {
    if (quantity.startsWith("n-link")) {
      BellDiagonal link = BellDiagonal.werner(in.number("F"));
      BellDiagonal chain = link;
      for (int n = 1; n < in.number("n"); n++) {
        chain = chain.swapped(link, Operations.IDEAL);
      }
      return new double[] {chain.fidelity()};
    }
    Operations node = operations(in);
    if (quantity.startsWith("swap Bell-diag")) {
      return vector(in.states().get(0).swapped(in.states().get(1), node));
    }
    BellDiagonal result =
        BellDiagonal.werner(in.number("F1")).swapped(BellDiagonal.werner(in.number("F2")), node);
    return quantity.startsWith("swap F=") ? new double[] {result.fidelity()} : vector(result);
  }

  private static double[] purification(String quantity, VectorInputs in) {
    Operations node = operations(in);
    if (quantity.startsWith("nested")) {
      return nested(BellDiagonal.werner(in.number("F")), (int) in.number("rounds"));
    }
    if (quantity.startsWith("pumping DEJMPS")) {
      return pumping(BellDiagonal.werner(in.number("F")), (int) in.number("rounds"));
    }
    if (quantity.startsWith("pumping E[raw]")) {
      return new double[] {pumping(BellDiagonal.werner(in.number("F")), (int) in.number("k"))[0]};
    }
    if (quantity.startsWith("DEJMPS textbook")) {
      var state = new BellDiagonal(0.9, 0.04, 0.01, 0.05);
      return withSuccess(Purification.purify(state, state, DEJMPS, node, node));
    }
    PurificationProtocol protocol = quantity.startsWith("DEJMPS") ? DEJMPS : BBPSSW;
    BellDiagonal kept;
    BellDiagonal sacrificed;
    if (in.states().isEmpty()) {
      kept = BellDiagonal.werner(in.number("F1", in.number("F", 0)));
      sacrificed = BellDiagonal.werner(in.number("F2", in.number("F", 0)));
    } else {
      kept = in.states().get(0);
      sacrificed = in.states().get(1);
    }
    var purified = Purification.purify(kept, sacrificed, protocol, node, node);
    if (quantity.startsWith("Dur")) {
      return new double[] {purified.state().fidelity()};
    }
    return quantity.startsWith("P=")
        ? new double[] {purified.successProbability(), purified.state().fidelity()}
        : withSuccess(purified);
  }

  private static double[] nested(BellDiagonal raw, int rounds) {
    BellDiagonal state = raw;
    double cost = 1;
    for (int round = 0; round < rounds; round++) {
      var purified = Purification.purify(state, state, DEJMPS, Operations.IDEAL, Operations.IDEAL);
      cost = 2 * cost / purified.successProbability();
      state = purified.state();
    }
    return new double[] {cost, state.fidelity()};
  }

  private static double[] pumping(BellDiagonal raw, int rounds) {
    BellDiagonal state = raw;
    double cost = 1;
    for (int round = 0; round < rounds; round++) {
      var purified = Purification.purify(state, raw, DEJMPS, Operations.IDEAL, Operations.IDEAL);
      cost = (cost + 1) / purified.successProbability();
      state = purified.state();
    }
    return new double[] {cost, state.fidelity()};
  }

  private static double[] memory(String quantity, VectorInputs in) {
    if (quantity.startsWith("T1/T2")) {
      var qubits = new Qubits(1, in.number("T1"), in.number("T2"));
      return vector(BellDiagonal.PERFECT.decayed(in.number("tA"), qubits, in.number("tB"), qubits));
    }
    BellDiagonal state = in.states().getFirst();
    if (quantity.startsWith("pure dephasing")) {
      var dephasing = new Qubits(1, 1e15, in.number("T2"));
      return vector(state.decayed(in.number("t"), dephasing, 0, dephasing));
    }
    return vector(state.depolarized(Math.exp(-in.number("t") / in.number("T"))));
  }

  private static double[] key(String quantity, VectorInputs in) {
    if (quantity.startsWith("finite-key")) {
      long n = (long) in.number("n");
      long k = (long) in.number("k");
      double q = in.number("Q");
      double leaked = in.number("f") * n * SecretKey.binaryEntropy(q);
      double secrecy = in.number("eps_sec");
      return new double[] {
        SecretKey.deviationMu(n, k, secrecy),
        SecretKey.certifiedBits(n, k, q, leaked, secrecy, in.number("eps_cor"))
      };
    }
    if (quantity.startsWith("BBM92 threshold")) {
      double q = root(e -> 1 - 2 * SecretKey.binaryEntropy(e), 0.01, 0.4);
      assertThat(SecretKey.bbm92Fraction(q + 1e-6, q + 1e-6, 1)).isZero();
      assertThat(SecretKey.bbm92Fraction(q - 1e-6, q - 1e-6, 1)).isPositive();
      return new double[] {q, 1 - 1.5 * q};
    }
    if (quantity.startsWith("six-state threshold")) {
      double f =
          root(
              fidelity -> SecretKey.sixStateFraction(BellDiagonal.werner(fidelity)) - 1e-13,
              0.99,
              0.7);
      return new double[] {f, BellDiagonal.werner(f).qber(Basis.Z)};
    }
    BellDiagonal state =
        in.states().isEmpty() ? BellDiagonal.werner(in.number("F")) : in.states().getFirst();
    double eZ = state.qber(Basis.Z);
    double eX = state.qber(Basis.X);
    return switch (firstWord(quantity)) {
      case "QBER" -> new double[] {eZ, eX};
      case "BBM92" -> new double[] {SecretKey.bbm92Fraction(eZ, eX, 1)};
      case "6-state/hashing" -> new double[] {SecretKey.sixStateFraction(state)};
      case "Werner" -> new double[] {eZ, SecretKey.bbm92Fraction(eZ, eX, 1)};
      case "CHSH" -> new double[] {chsh(state)};
      default -> throw new IllegalArgumentException(quantity);
    };
  }

  /// Horodecki: of the two strongest correlations.
  private static double chsh(BellDiagonal state) {
    double[] t = {
      Math.abs(state.correlationXX()),
      Math.abs(state.correlationYY()),
      Math.abs(state.correlationZZ())
    };
    Arrays.sort(t);
    return 2 * Math.hypot(t[1], t[2]);
  }

  private static double[] capacity(VectorInputs in) {
    double transmission;
    if (in.text().startsWith("eta")) {
      transmission = in.number("eta");
    } else {
      int repeaters = Integer.parseInt(firstWord(in.text()));
      transmission = Channel.fiberTransmission(in.number("L") / (repeaters + 1), 0.2);
    }
    return new double[] {Capacity.plobBitsPerUse(transmission)};
  }

  private static double root(DoubleUnaryOperator f, double positive, double negative) {
    double above = positive;
    double below = negative;
    for (int step = 0; step < 100; step++) {
      double middle = (above + below) / 2;
      if (f.applyAsDouble(middle) > 0) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return above;
  }

  private static String firstWord(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static Operations operations(VectorInputs in) {
    return new Operations(in.number("p2", 1), in.number("eps", 0), 1);
  }

  private static double[] vector(BellDiagonal state) {
    return new double[] {state.i(), state.x(), state.y(), state.z()};
  }

  private static double[] withSuccess(Purification.Purified purified) {
    BellDiagonal state = purified.state();
    return new double[] {purified.successProbability(), state.i(), state.x(), state.y(), state.z()};
  }

  private static Iterable<JsonElement> vectors() throws IOException {
    try (var reader =
        new InputStreamReader(
            requireNonNull(PhysicsVectorsTest.class.getResourceAsStream("physics-vectors.json")),
            UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("vectors");
    }
  }

  private static double[] numbers(JsonElement value) {
    return value.isJsonArray()
        ? value.getAsJsonArray().asList().stream().mapToDouble(JsonElement::getAsDouble).toArray()
        : new double[] {value.getAsDouble()};
  }
}
