package net.bellwether.emulator.nature;

/// A sentence that says why a command was not carried out.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String sentence) {
    super(sentence, null, false, false);
  }
}
