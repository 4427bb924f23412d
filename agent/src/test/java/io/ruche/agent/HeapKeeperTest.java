package io.ruche.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {
  private static final long MIB = 1L << 20;

  private long heapBytes;
  private long neededBytes;
  private int collections;
  private final HeapKeeper keeper = new HeapKeeper(() -> heapBytes, () -> {
    collections++;
    heapBytes = neededBytes;
  });

  @Test
  void leavesASmallHeapAlone() {
    heapBytes = HeapKeeper.CALM_BYTES;

    keeper.look();

    assertThat(collections).isZero();
  }

  @Test
  void collectsWhatHasGrown() {
    heapBytes = HeapKeeper.CALM_BYTES + 1;
    neededBytes = 12 * MIB;

    keeper.look();
    keeper.look();

    assertThat(collections).isEqualTo(1);
    assertThat(heapBytes).isEqualTo(12 * MIB);
  }

  @Test
  void doesNotCollectAgainAndAgainWhatIsNeeded() {
    heapBytes = 100 * MIB;
    neededBytes = 100 * MIB;
    keeper.look();
    heapBytes = 199 * MIB;
    keeper.look();
    assertThat(collections).isEqualTo(1);

    heapBytes = 201 * MIB;
    keeper.look();

    assertThat(collections).isEqualTo(2);
  }
}
