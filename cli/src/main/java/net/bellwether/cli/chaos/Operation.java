package net.bellwether.cli.chaos;

/// What the load asks for.
enum Operation {
  OPEN("open"),
  CLOSE("close"),
  ENCRYPTION_KEY("enc_keys"),
  DECRYPTION_KEY("dec_keys"),
  LEADERSHIP("leader");

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  /// As an operator would name it.
  String title() {
    return title;
  }
}
