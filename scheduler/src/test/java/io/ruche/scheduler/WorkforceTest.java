package io.ruche.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkforceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Workforce workforce = new Workforce();

  @Test
  void machineThatComesBackIsKnownByWhatItDid() {
    var first = add(1);
    first.record().failed(NOW);
    workforce.remove(first);
    assertThat(workforce.record(first.machine()).failuresLately(NOW)).isPositive();

    var back = add(1);

    assertThat(back.record()).isSameAs(first.record());
    assertThat(workforce.record(back.machine())).isSameAs(back.record());
    assertThat(add(2).record().failuresLately(NOW)).isZero();
  }

  @Test
  void snapshotHasTheRecordsOfThoseWhoLeftAndOfThoseWhoAreHere() {
    var gone = add(1);
    var here = add(2);
    gone.record().failed(NOW);
    here.record().failed(NOW);
    workforce.remove(gone);

    assertThat(workforce.ratedFacts()).hasSize(2);
  }

  private WorkerSession add(int number) {
    var address = new Address("0x%040x".formatted(number));
    return workforce.add(address, address, address, NOW, NOW.plusSeconds(60));
  }
}
