package net.bellwether.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.TlsFiles;

/// How one node is run: where its state and identity lie, whom it connects to and where it listens.
/// `heraldsOverUdpFromAnywhere` lets a device on another host send its heralds in datagrams, which
/// anybody on their way can read and forge. Where `applicationListen` is empty it serves no
/// applications and takes no create-and-keep rules. `advertisedHost` is the name under which peers
/// and consumers reach the listening addresses.
public record AgentConfig(
    NodeId node,
    Path stateDirectory,
    TlsFiles identity,
    String controller,
    String deviceEndpoint,
    boolean heraldsOverUdpFromAnywhere,
    InetSocketAddress peerListen,
    Optional<InetSocketAddress> keyListen,
    Optional<InetSocketAddress> applicationListen,
    String advertisedHost) {}
