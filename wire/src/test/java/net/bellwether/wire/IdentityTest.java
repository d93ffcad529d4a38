package net.bellwether.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe://qit.test/node/chicago",
        "spiffe://qit.test/controller/1",
        "spiffe://qit.test/operator/ann",
        "spiffe://qit.test/tenant/bank/sae/vault-1",
        "spiffe://qit.test/emulator/0"
      })
  void everyKindOfIdentityRoundTrips(String uri) {
    assertThat(Identity.parse(uri).uri()).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://qit.test/node/chicago",
        "spiffe://qit.test/node",
        "spiffe://qit.test/node/",
        "spiffe://qit.test/node/a/b",
        "spiffe://qit.test/node/Chicago",
        "spiffe://qit.test/controller/01",
        "spiffe://qit.test/controller/-1",
        "spiffe://qit.test/tenant/bank/app/vault",
        "spiffe://qit.test/tenant/../sae/vault",
        "spiffe:///node/chicago",
        "spiffe://qit.test/admin/ann"
      })
  void everythingElseIsRefused(String uri) {
    assertThatThrownBy(() -> Identity.parse(uri)).isInstanceOf(IllegalArgumentException.class);
  }
}
