package net.bellwether.cli.chsh;

/// Which of the two ends this is; they measure along different directions.
public enum Side {
  LEFT,
  RIGHT
}
