package net.bellwether.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassagesTest {
  private final Passages passages = new Passages("127.0.0.1");

  @AfterEach
  void close() {
    passages.close();
  }

  @Test
  void everyWayHasAPassageOfItsOwn() {
    String one = passages.way("controller-1", "etcd-1", "127.0.0.1:2379");
    String two = passages.way("controller-2", "etcd-1", "127.0.0.1:2379");
    assertThat(one).isNotEqualTo(two).isNotEqualTo("127.0.0.1:2379");
    assertThat(passages.way("controller-1", "etcd-1", "127.0.0.1:2379")).isEqualTo(one);
  }

  @Test
  void passagesAreFoundByEitherEnd() {
    String toEtcd = passages.way("controller-1", "etcd-1", "127.0.0.1:2379");
    String toController = passages.way("outside", "controller-1", "127.0.0.1:7420");
    assertThat(passages.from("controller-1"))
        .singleElement()
        .satisfies(passage -> assertThat(passage.endpoint()).isEqualTo(toEtcd));
    assertThat(passages.to("controller-1"))
        .singleElement()
        .satisfies(passage -> assertThat(passage.endpoint()).isEqualTo(toController));
    assertThat(passages.from("controller-2")).isEmpty();
  }
}
