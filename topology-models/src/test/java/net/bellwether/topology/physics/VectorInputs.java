package net.bellwether.topology.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the inputs of a vector, such as `[0.9, 0.04, 0.01, 0.05] t=0.1 T2=1.0`.
record VectorInputs(String text) {
  private static final String NUMBER = "([-+]?[0-9]*\\.?[0-9]+(?:e[-+]?[0-9]+)?)";
  private static final Pattern STATE = Pattern.compile("\\[([^]]*)]");

  double number(String name) {
    var matcher = Pattern.compile("(?:^|[\\s,])" + name + "=" + NUMBER).matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + name + " in " + text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  double number(String name, double otherwise) {
    return text.contains(name + "=") ? number(name) : otherwise;
  }

  List<BellDiagonal> states() {
    List<BellDiagonal> states = new ArrayList<>();
    var matcher = STATE.matcher(text);
    while (matcher.find()) {
      double[] p = numbers(matcher.group(1));
      // Werner states are printed with rounded thirds.
      states.add(
          p[1] == p[2] && p[2] == p[3]
              ? BellDiagonal.werner(p[0])
              : new BellDiagonal(p[0], p[1], p[2], p[3]));
    }
    return states;
  }

  private static double[] numbers(String text) {
    return Pattern.compile(NUMBER)
        .matcher(text)
        .results()
        .mapToDouble(result -> Double.parseDouble(result.group()))
        .toArray();
  }
}
