package net.bellwether.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;

import net.bellwether.simulation.fault.bug.Bug;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every promise notices when it is not kept.
final class PlantedBugsTest {
  private static final long SEEDS_MAX = 1_000;

  @ParameterizedTest(name = "{0} breaks: {1}")
  @CsvSource({
    "store-ignores-term, Terms rise and have one writer",
    "store-repeats-terms, Terms rise and have one writer",
    "store-forgets, What is acknowledged is kept",
    "planner-forgets-sessions, Link time and qubits are never over committed",
    "orders-unsynced, What an agent answered it still holds",
    "ledger-unsynced, A key is delivered at most once per side",
    "agent-takes-lower-terms, No agent obeys a lower term",
    "agent-ignores-removal, Everything converges",
    "agent-stops-alone, Pairs are made without a controller",
    "boot-epoch-stuck, A pair is handled by one generation",
    "heralds-of-another-generation, A pair is handled by one generation",
    "key-bits-differ, Both ends get the same bits"
  })
  void aPlantedBugIsFound(String bug, String promise) {
    Bug planted = Bug.parse(bug);
    long seed = 1;
    while (seed <= SEEDS_MAX
        && !FaultRun.run(seed, planted, false).brokenPromise().equals(promise)) {
      seed++;
    }
    assertThat(seed).isLessThanOrEqualTo(SEEDS_MAX);
  }
}
