package io.ruche.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of a chain: whatever happens, a reader ends with the events of the chain. */
class LogFollowerSimTest {
  /** Those that a reader cannot see through; of the others it learns by errors. */
  private static final List<FakeChain.Lie> LIES =
      List.of(FakeChain.Lie.HEAD_FAR_AHEAD, FakeChain.Lie.HEAD_BEHIND);

  private final FakeChain chain = new FakeChain();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readerEndsWithTheEventsOfTheChain(long seed) throws InterruptedException {
    var random = new Random(seed);
    var settings = new FollowerSettings(random.nextInt(3), 10, 20);
    try (var reader = new Reader(chain, settings)) {
      for (int round = 0; round < 40; round++) {
        mutate(random);
        for (int i = random.nextInt(3); i > 0; i--) {
          reader.read();
        }
        if (random.nextInt(10) == 0) {
          reader.restart();
        }
      }
      chain.isDown(false);
      chain.lie(FakeChain.Lie.NONE);
      chain.extend(List.of(random.nextLong(1_000)));

      long end = (long) chain.height() - settings.confirmations();
      reader.readUntil(end);

      assertThat(reader.amounts()).as("seed %d", seed).isEqualTo(chain.amounts(end));
    }
  }

  /**
   * Mostly a block or two; now and then many, a reorg (at times deeper than remembered), an outage,
   * a lie about the head.
   */
  private void mutate(Random random) {
    switch (random.nextInt(14)) {
      case 0 -> chain.cut(1 + random.nextInt(5));
      case 1 -> chain.cut(random.nextInt(60));
      case 2 -> extend(random, 80);
      case 3 -> chain.isDown(random.nextBoolean());
      case 4 -> chain.lie(LIES.get(random.nextInt(LIES.size())));
      case 5 -> chain.lie(FakeChain.Lie.NONE);
      default -> extend(random, 1 + random.nextInt(3));
    }
  }

  private void extend(Random random, int count) {
    for (int i = 0; i < count; i++) {
      chain.extend(random.longs(random.nextInt(3), 0, 1_000).boxed().toList());
    }
  }

  @Test
  void reorgBeyondWhatIsRememberedReplaysEverything() throws InterruptedException {
    IntStream.range(0, 50).forEach(i -> chain.extend(List.of((long) i)));
    try (var reader = new Reader(chain, new FollowerSettings(0, 1_000, 5))) {
      reader.readUntil(50);
      chain.cut(40);
      IntStream.range(0, 60).forEach(i -> chain.extend(List.of(100L + i)));

      reader.readUntil(70);

      assertThat(reader.amounts()).isEqualTo(chain.amounts(70));
      assertThat(reader.rollBacks).containsExactly(-1L);
    }
  }

  @Test
  void idleChainIsNotAskedForLogs() throws InterruptedException {
    chain.extend(List.of(1L));
    try (var reader = new Reader(chain, FollowerSettings.development())) {
      reader.readUntil(1);
      int before = chain.logRequests();
      for (int i = 0; i < 10; i++) {
        assertThat(reader.read()).isEmpty();
      }
      assertThat(chain.logRequests()).isEqualTo(before);
    }
  }
}
