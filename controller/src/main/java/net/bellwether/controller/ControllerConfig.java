package net.bellwether.controller;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.bellwether.wire.TlsFiles;

/// How a controller is started: where it listens, who it is, where its state is kept, and where it
/// answers HTTP (nowhere by default).
public record ControllerConfig(
    InetSocketAddress listen,
    TlsFiles tls,
    StoreChoice store,
    Optional<InetSocketAddress> httpListen) {}
