package net.bellwether.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bellwether.topology.id.NodeId;
import net.bellwether.wire.Identity;
import net.bellwether.wire.TlsFiles;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the configuration of a node, a YAML file of plain keys. Relative paths start at the file.
/// Every mistake is told at once, as "FILE: field: rule".
final class AgentConfigReader {
  private static final Set<String> KEYS =
      Set.of(
          "node",
          "stateDirectory",
          "identity",
          "controller",
          "device",
          "peerListen",
          "keyListen",
          "applicationListen",
          "advertisedHost");
  private static final Set<String> DEVICE_KEYS = Set.of("driver", "endpoint", "heraldsOverUdp");
  private static final Map<String, Boolean> HERALDS_OVER_UDP =
      Map.of("loopback", false, "anywhere", true);
  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
  private static final int PORT_MAX = 65_535;

  private final Path file;
  private final List<String> mistakes = new ArrayList<>();
  private Map<String, Object> values = Map.of();
  private boolean heraldsOverUdpFromAnywhere;

  private AgentConfigReader(Path file) {
    this.file = file;
  }

  /// The mistakes of a configuration, a line each.
  static final class ConfigMistakes extends Exception {
    private static final long serialVersionUID = 1;

    ConfigMistakes(List<String> lines) {
      super(String.join("\n", lines));
    }
  }

  static AgentConfig read(Path file) throws ConfigMistakes {
    return new AgentConfigReader(file).read();
  }

  private AgentConfig read() throws ConfigMistakes {
    values = load();
    Optional<NodeId> node = node();
    String state = text("stateDirectory", "name the directory of the node's durable state");
    String identity = text("identity", "name the directory with cert.pem, key.pem and ca.pem");
    String controllers =
        endpoints(
            "controller",
            text("controller", "be HOST:PORT of the controller, or of several with commas"));
    String device = device();
    InetSocketAddress peerListen = address("peerListen", text("peerListen", "be HOST:PORT"));
    Optional<InetSocketAddress> keyListen = optionalAddress("keyListen");
    Optional<InetSocketAddress> applicationListen = optionalAddress("applicationListen");
    String host = advertisedHost(peerListen);
    TlsFiles tls = new TlsFiles(resolve(identity));
    if (!identity.isEmpty()) {
      node.ifPresent(name -> checkIdentity(name, tls));
    }
    if (!mistakes.isEmpty() || node.isEmpty()) {
      throw new ConfigMistakes(mistakes);
    }
    return new AgentConfig(
        node.get(),
        resolve(state),
        tls,
        controllers,
        device,
        heraldsOverUdpFromAnywhere,
        peerListen,
        keyListen,
        applicationListen,
        host);
  }

  private Map<String, Object> load() throws ConfigMistakes {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      return checkedKeys(document, "configuration", KEYS);
    } catch (IOException e) {
      throw new ConfigMistakes(List.of(file + ": cannot be read: " + e.getMessage()));
    } catch (YamlEngineException e) {
      throw new ConfigMistakes(List.of(file + ": must be YAML: " + e.getMessage()));
    }
  }

  private Map<String, Object> checkedKeys(@Nullable Object value, String what, Set<String> known) {
    Map<String, Object> checked = new LinkedHashMap<>();
    if (!(value instanceof Map<?, ?> map)) {
      mistake(what, "must be keys and values");
      return checked;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (!known.contains(key)) {
        mistake(key, "is not known; known are " + known.stream().sorted().toList());
      } else if (entry.getValue() != null) {
        checked.put(key, entry.getValue());
      }
    }
    return checked;
  }

  private void mistake(String field, String rule) {
    mistakes.add(file + ": " + field + ": " + rule);
  }

  private String text(String field, String rule) {
    Object value = values.get(field);
    if (value == null) {
      mistake(field, "is missing, must " + rule);
      return "";
    }
    if (value instanceof Map || value instanceof List || String.valueOf(value).isBlank()) {
      mistake(field, "(" + value + ") must " + rule);
      return "";
    }
    return String.valueOf(value);
  }

  private Optional<NodeId> node() {
    String name = text("node", "be the node's name");
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(NodeId.of(name));
    } catch (IllegalArgumentException e) {
      mistake("node", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private String device() {
    Object value = values.get("device");
    if (value == null) {
      mistake("device", "is missing, must be {driver: emulated, endpoint: HOST:PORT}");
      return "";
    }
    Map<String, Object> device = checkedKeys(value, "device", DEVICE_KEYS);
    if (!"emulated".equals(device.get("driver"))) {
      mistake("device.driver", "(" + device.get("driver") + ") must be one of [emulated]");
    }
    String overUdp = String.valueOf(device.getOrDefault("heraldsOverUdp", "loopback"));
    if (!HERALDS_OVER_UDP.containsKey(overUdp)) {
      mistake("device.heraldsOverUdp", "(" + overUdp + ") must be loopback or anywhere");
    }
    heraldsOverUdpFromAnywhere = HERALDS_OVER_UDP.getOrDefault(overUdp, false);
    return endpoint("device.endpoint", String.valueOf(device.getOrDefault("endpoint", "nothing")));
  }

  /// Any of several will do.
  private String endpoints(String field, String values) {
    for (String value : values.split(",", -1)) {
      endpoint(field, value.strip());
    }
    return values;
  }

  /// Where something else listens: port 0 would mean nothing.
  private String endpoint(String field, String value) {
    if (!value.isEmpty() && (port(value) < 1)) {
      mistake(field, "(" + value + ") must be HOST:PORT, for example localhost:7443");
    }
    return value;
  }

  private Optional<InetSocketAddress> optionalAddress(String field) {
    return values.containsKey(field)
        ? Optional.of(address(field, text(field, "be HOST:PORT")))
        : Optional.empty();
  }

  private InetSocketAddress address(String field, String value) {
    if (value.isEmpty()) {
      return new InetSocketAddress(0);
    }
    if (port(value) < 0) {
      mistake(field, "(" + value + ") must be HOST:PORT, for example 127.0.0.1:0");
      return new InetSocketAddress(0);
    }
    return new InetSocketAddress(value.substring(0, value.lastIndexOf(':')), port(value));
  }

  private static int port(String hostPort) {
    Matcher matcher = HOST_PORT.matcher(hostPort);
    if (!matcher.matches()) {
      return -1;
    }
    int port = Integer.parseInt(matcher.group(2));
    return port <= PORT_MAX ? port : -1;
  }

  private String advertisedHost(InetSocketAddress listen) {
    if (values.containsKey("advertisedHost")) {
      return text("advertisedHost", "be the host name under which others reach this node");
    }
    if (values.containsKey("peerListen")
        && listen.getAddress() != null
        && listen.getAddress().isAnyLocalAddress()) {
      mistake("advertisedHost", "is missing, must be given where peerListen is every address");
    }
    return listen.getHostString();
  }

  private Path resolve(String path) {
    Path base = file.toAbsolutePath().getParent();
    return base == null ? Path.of(path) : base.resolve(path);
  }

  private void checkIdentity(NodeId node, TlsFiles tls) {
    try (var in = Files.newInputStream(tls.certificate())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      Identity identity = Identity.ofCertificate(certificate);
      if (!(identity instanceof Identity.Node named) || !named.node().equals(node)) {
        mistake("identity", "(" + identity.uri() + ") must be the certificate of node " + node);
      }
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      mistake(
          "identity",
          "(" + tls.certificate() + ") must be a readable certificate: " + e.getMessage());
    }
  }
}
