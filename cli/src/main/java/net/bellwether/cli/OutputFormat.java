package net.bellwether.cli;

/// What answers are printed as.
enum OutputFormat {
  TABLE,
  JSON,
  YAML
}
