package net.bellwether.controller;

import java.nio.file.Path;
import net.bellwether.controller.store.etcd.EtcdConfig;

/// Where a controller keeps its state.
public sealed interface StoreChoice {
  /// In files of its own: it is the only controller.
  record Embedded(Path directory) implements StoreChoice {}

  /// In an etcd that it shares with other controllers, one of which leads. They reach it at
  /// `advertisedHost`, at the port where it listens.
  record Shared(EtcdConfig etcd, String advertisedHost) implements StoreChoice {}
}
