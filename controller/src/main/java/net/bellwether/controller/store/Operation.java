package net.bellwether.controller.store;

import com.google.protobuf.ByteString;

/// One change of one key.
public sealed interface Operation {
  String key();

  /// Gives the key a value.
  record Put(String key, ByteString value) implements Operation {
    public Put {
      StoreLimits.checkKey(key);
    }
  }

  /// Removes the key; removing an absent key is no error.
  record Delete(String key) implements Operation {
    public Delete {
      StoreLimits.checkKey(key);
    }
  }

  static Put put(String key, byte[] value) {
    return new Put(key, ByteString.copyFrom(value));
  }

  static Put put(String key, ByteString value) {
    return new Put(key, value);
  }

  static Delete delete(String key) {
    return new Delete(key);
  }
}
