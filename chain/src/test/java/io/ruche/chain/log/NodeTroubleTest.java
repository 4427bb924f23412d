package io.ruche.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader of the chain makes of a node in trouble, and how it ends once that is over. */
class NodeTroubleTest {
  private static final int BLOCKS = 50;

  /** Looks at a node in trouble: more than it takes to read everything that there is. */
  private static final int LOOKS = 5;

  private final FakeChain chain = new FakeChain();
  private Reader reader;

  @BeforeEach
  void start() throws InterruptedException {
    extend(BLOCKS);
    reader = new Reader(chain, FollowerSettings.development());
    reader.readUntil(BLOCKS);
  }

  @AfterEach
  void stop() {
    reader.close();
  }

  @Test
  void outageIsWaitedOut() throws InterruptedException {
    chain.isDown(true);
    look();
    extend(3);
    chain.isDown(false);

    assertCaughtUp();
    assertThat(reader.rollBacks).isEmpty();
  }

  @Test
  void headThatStandsStillTellsNothing() throws InterruptedException {
    for (int i = 0; i < LOOKS; i++) {
      assertThat(reader.read()).isEmpty();
    }
    extend(1);

    assertCaughtUp();
    assertThat(reader.rollBacks).isEmpty();
  }

  @Test
  void headThatDoesNotExistIsNeverTold() throws InterruptedException {
    chain.lie(FakeChain.Lie.HEAD_FAR_AHEAD);
    look();
    assertThat(reader.amounts()).isEqualTo(chain.amounts(BLOCKS));
    extend(3);
    chain.lie(FakeChain.Lie.NONE);

    assertCaughtUp();
    assertThat(reader.rollBacks).isEmpty();
  }

  @Test
  void nodeThatLagsIsAReorgThatIsToldAgain() throws InterruptedException {
    chain.lie(FakeChain.Lie.HEAD_BEHIND);
    look();
    assertThat(reader.amounts()).isEqualTo(chain.amounts(BLOCKS - 3L));
    chain.lie(FakeChain.Lie.NONE);

    assertCaughtUp();
    assertThat(reader.rollBacks).hasSize(1);
  }

  @Test
  void confirmationsHideASmallLag() throws InterruptedException {
    try (var careful = new Reader(chain, new FollowerSettings(3, 1_000, 256))) {
      careful.readUntil(BLOCKS - 3L);
      chain.lie(FakeChain.Lie.HEAD_BEHIND);
      for (int i = 0; i < LOOKS; i++) {
        careful.read();
      }

      assertThat(careful.rollBacks).isEmpty();
    }
  }

  @Test
  void hashesThatChangeTakeEverythingBackAndNoneOfThemIsTold() throws InterruptedException {
    chain.lie(FakeChain.Lie.HASHES_CHANGE);
    look();
    assertThat(reader.amounts()).isEmpty();
    assertThat(reader.rollBacks).containsExactly(-1L);
    chain.lie(FakeChain.Lie.NONE);

    assertCaughtUp();
  }

  /** Nobody else asks for the newest block, and the reader finds one that is gone. */
  @Test
  void droppedBlockThatNobodyHasReadIsNotAskedForAgainAndAgain() throws InterruptedException {
    chain.dropNewestAtNextLogs(List.of(7L));
    extend(1);

    assertCaughtUp();
  }

  private void look() throws InterruptedException {
    for (int i = 0; i < LOOKS; i++) {
      reader.read();
    }
  }

  private void extend(int count) {
    LongStream.range(0, count).forEach(i -> chain.extend(List.of(chain.height() + i)));
  }

  private void assertCaughtUp() throws InterruptedException {
    reader.readUntil(chain.height());
    assertThat(reader.amounts()).isEqualTo(chain.amounts(chain.height()));
  }
}
