package net.bellwether.topology.rules;

/// An application of a tenant, by the names in its certificate.
public record Application(String tenant, String name) {
  public Application {
    if (tenant.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException(
          "application: tenant (%s) and name (%s) must not be empty".formatted(tenant, name));
    }
  }
}
