package net.bellwether.cli.chsh;

import net.bellwether.topology.Qubits;
import net.bellwether.topology.physics.BellDiagonal;
import net.bellwether.topology.rules.Prediction;

/// One measured half: the pair, the setting, the outcome (`against` the direction or along it), how
/// long the half was held before, and what was foreseen of the pair. As a line of text it is what
/// the two ends exchange.
record Measured(
    String pair, int setting, boolean against, double heldSeconds, Prediction prediction) {
  private static final int FIELDS = 13;

  String line() {
    BellDiagonal state = prediction.delivered();
    return String.join(
        " ",
        pair,
        Integer.toString(setting),
        against ? "1" : "0",
        Double.toString(heldSeconds),
        Double.toString(state.i()),
        Double.toString(state.x()),
        Double.toString(state.y()),
        Double.toString(state.z()),
        Double.toString(prediction.here().t1Seconds()),
        Double.toString(prediction.here().t2Seconds()),
        Double.toString(prediction.there().t1Seconds()),
        Double.toString(prediction.there().t2Seconds()),
        Double.toString(prediction.misreadProbability()));
  }

  /// IllegalArgumentException where it is not such a line.
  static Measured parse(String line) {
    String[] field = line.split(" ", -1);
    if (field.length != FIELDS) {
      throw new IllegalArgumentException("line (%s) must have %d fields".formatted(line, FIELDS));
    }
    return new Measured(
        field[0],
        Integer.parseInt(field[1]),
        field[2].equals("1"),
        Double.parseDouble(field[3]),
        new Prediction(
            new BellDiagonal(
                Double.parseDouble(field[4]),
                Double.parseDouble(field[5]),
                Double.parseDouble(field[6]),
                Double.parseDouble(field[7])),
            new Qubits(1, Double.parseDouble(field[8]), Double.parseDouble(field[9])),
            new Qubits(1, Double.parseDouble(field[10]), Double.parseDouble(field[11])),
            Double.parseDouble(field[12])));
  }
}
