package net.bellwether.agent.key;

/// What an `enc_keys` request asks for, defaults filled in.
public record KeyRequest(
    long number, long sizeBits, boolean mandatoryExtensions, int additionalSlaves) {
  static final KeyRequest DEFAULT = new KeyRequest(1, KeyDelivery.DEFAULT_KEY_BITS, false, 0);
}
