package net.bellwether.agent.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals and opens records with AES-256-GCM under the key of this state directory: a file that only
/// its owner can read. The record's name is bound as associated data, so that no record passes for
/// another. Not thread-safe.
final class KeyEncryptionKey {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random;
  private final Cipher cipher;

  private KeyEncryptionKey(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks AES-GCM", e);
    }
  }

  /// Reads the key file; makes it where `create`.
  static KeyEncryptionKey open(Path file, boolean create, SecureRandom random) throws IOException {
    if (create) {
      byte[] fresh = new byte[KEY_BYTES];
      random.nextBytes(fresh);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(ByteBuffer.wrap(fresh));
        channel.force(true);
      }
      Arrays.fill(fresh, (byte) 0);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != KEY_BYTES) {
      throw new IllegalStateException(
          "key file %s (%d bytes) must have %d bytes".formatted(file, bytes.length, KEY_BYTES));
    }
    KeyEncryptionKey opened = new KeyEncryptionKey(bytes, random);
    Arrays.fill(bytes, (byte) 0);
    return opened;
  }

  /// Fresh nonce, then the sealed value.
  byte[] seal(String name, byte[] value) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(value.length)];
      System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
      cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("record " + name + " cannot be sealed", e);
    }
  }

  byte[] open(String name, byte[] sealed) {
    if (sealed.length < NONCE_BYTES) {
      throw damaged(name, null);
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw damaged(name, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("record " + name + " cannot be opened", e);
    }
  }

  private static IllegalStateException damaged(String name, @Nullable Exception cause) {
    return new IllegalStateException(
        "record " + name + " of the key ledger is damaged or sealed with another key", cause);
  }
}
