package net.bellwether.wire;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import net.bellwether.topology.id.NodeId;

/// Who a program or person is, as the one `spiffe://` URI in its certificate:
/// `spiffe://DOMAIN/node/NAME`, `/controller/N`, `/operator/NAME`, `/tenant/T/sae/APP`,
/// `/emulator/N`.
public sealed interface Identity {
  /// The network's name for itself; certificates of one authority carry one domain.
  String trustDomain();

  URI uri();

  /// The agent of one node.
  record Node(String trustDomain, NodeId node) implements Identity {
    public Node {
      Spiffe.checkDomain(trustDomain);
    }

    @Override
    public URI uri() {
      return Spiffe.uri(trustDomain, "node/" + node);
    }
  }

  /// One controller of a network.
  record Controller(String trustDomain, int number) implements Identity {
    public Controller {
      Spiffe.checkDomain(trustDomain);
      Spiffe.checkNumber("controller", number);
    }

    @Override
    public URI uri() {
      return Spiffe.uri(trustDomain, "controller/" + number);
    }
  }

  /// A person who runs the network; sees everything but key.
  record Operator(String trustDomain, String name) implements Identity {
    public Operator {
      Spiffe.checkDomain(trustDomain);
      Spiffe.check("operator name", name);
    }

    @Override
    public URI uri() {
      return Spiffe.uri(trustDomain, "operator/" + name);
    }
  }

  /// An application of a tenant that consumes key (a secure application entity in ETSI's words).
  record Sae(String trustDomain, String tenant, String app) implements Identity {
    public Sae {
      Spiffe.checkDomain(trustDomain);
      Spiffe.check("tenant", tenant);
      Spiffe.check("SAE name", app);
    }

    @Override
    public URI uri() {
      return Spiffe.uri(trustDomain, "tenant/" + tenant + "/sae/" + app);
    }
  }

  /// One hardware emulator.
  record Emulator(String trustDomain, int number) implements Identity {
    public Emulator {
      Spiffe.checkDomain(trustDomain);
      Spiffe.checkNumber("emulator", number);
    }

    @Override
    public URI uri() {
      return Spiffe.uri(trustDomain, "emulator/" + number);
    }
  }

  /// The identity a URI spells.
  ///
  /// @throws IllegalArgumentException where `uri` is none of the five forms
  static Identity parse(String uri) {
    if (!uri.startsWith(Spiffe.SCHEME)) {
      throw Spiffe.malformed(uri);
    }
    List<String> parts = List.of(uri.substring(Spiffe.SCHEME.length()).split("/", -1));
    if (parts.size() == 3) {
      String domain = parts.getFirst();
      String name = parts.get(2);
      return switch (parts.get(1)) {
        case "node" -> new Node(domain, NodeId.of(name));
        case "controller" -> new Controller(domain, Spiffe.number(uri, name));
        case "operator" -> new Operator(domain, name);
        case "emulator" -> new Emulator(domain, Spiffe.number(uri, name));
        default -> throw Spiffe.malformed(uri);
      };
    }
    if (parts.size() == 5 && parts.get(1).equals("tenant") && parts.get(3).equals("sae")) {
      return new Sae(parts.getFirst(), parts.get(2), parts.get(4));
    }
    throw Spiffe.malformed(uri);
  }

  /// The identity in a certificate.
  ///
  /// @throws IllegalArgumentException where the certificate has not exactly one URI, or one that is
  ///   no identity
  static Identity ofCertificate(X509Certificate certificate) {
    List<String> uris;
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      uris =
          Objects.requireNonNullElse(names, List.<List<?>>of()).stream()
              .filter(name -> Integer.valueOf(Spiffe.SAN_URI).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException("certificate has unreadable subject alternative names", e);
    }
    if (uris.size() != 1) {
      throw new IllegalArgumentException(
          "certificate must have exactly one URI as subject alternative name, a %s one, but has %s"
              .formatted(Spiffe.SCHEME, uris));
    }
    return parse(uris.getFirst());
  }
}
