package net.bellwether.agent.key;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.TlsFiles;

/// Where a key manager lives: its node, the directory of its durable state, its TLS identity, where
/// it serves consumers (ETSI GS QKD 014; nowhere at a node without consumers) and how it reaches
/// its peers.
public record KeyServiceConfig(
    NodeId node,
    Path stateDirectory,
    TlsFiles tls,
    Optional<InetSocketAddress> keyListen,
    PeerChannels peers) {}
