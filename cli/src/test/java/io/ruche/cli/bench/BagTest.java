package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BagTest {
  @Test
  void whatTheFlagsSayIsBounded() {
    assertThatThrownBy(() -> new Bag(0, 1, 1, 0))
        .hasMessage("expected --tasks from 1 to 100000, found 0.");
    assertThatThrownBy(() -> new Bag(1, 1, 17, 0))
        .hasMessage("expected --trust from 1 to 16, found 17.");
    assertThatThrownBy(() -> new Bag(1, 1, 1, -1))
        .hasMessage("expected --warm-up from 0 to 100000, found -1.");
  }

  @Test
  void moreTasksAndMoreCopiesMayTakeLonger() {
    var bag = new Bag(1_000, 1, 2, 50);

    assertThat(bag.patience(50)).isLessThan(bag.patience(bag.tasks()));
    assertThat(new Bag(1_000, 1, 1, 50).patience(50)).isLessThan(bag.patience(50));
  }
}
