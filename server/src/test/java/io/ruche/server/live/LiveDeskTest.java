package io.ruche.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LogStream;
import io.ruche.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveDeskTest {
  private static final Address WORKER = Sample.worker(1);

  private final List<FromPool> told = new ArrayList<>();
  private final LiveDesk desk = new LiveDesk((worker, message) -> told.add(message));

  private static AttemptRef ref(int number) {
    return new AttemptRef(new TaskId("0x%064x".formatted(number)), 1);
  }

  private static FromWorker.Output output(AttemptRef ref, int offset, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var data = Base64.getEncoder().encodeToString(bytes);
    return new FromWorker.Output(ref, LogStream.STDOUT, offset, offset + bytes.length, data, null);
  }

  private static String textOf(LiveDesk.Watcher watcher) throws InterruptedException {
    var look = watcher.log().await(0, 100, Duration.ZERO);
    return new String(look.piece().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void oneRequesterWatchesSoManyAndNoMore() {
    var watchers = new ArrayList<LiveDesk.Watcher>();
    for (int i = 0; i < LiveDesk.MAX_WATCHERS_OF_ONE; i++) {
      watchers.add(desk.watch(ref(1), WORKER, Sample.REQUESTER).orElseThrow());
    }

    assertThat(desk.watch(ref(1), WORKER, Sample.REQUESTER)).isEmpty();
    assertThat(desk.watch(ref(1), WORKER, Sample.address(0xc2))).isPresent();
    watchers.getFirst().close();
    watchers.getFirst().close();
    assertThat(desk.watch(ref(1), WORKER, Sample.REQUESTER)).isPresent();
    assertThat(desk.watch(ref(1), WORKER, Sample.REQUESTER)).isEmpty();
  }

  @Test
  void logsThatNobodyWatchesGiveWayAndOthersDoNot() {
    for (int i = 0; i < LiveDesk.MAX_LOGS; i++) {
      assertThat(desk.watch(ref(i), WORKER, Sample.address(0x100 + i))).isPresent();
    }
    assertThat(desk.watch(ref(99), WORKER, Sample.REQUESTER)).isEmpty();
  }

  @Test
  void theLogLeftLongestAgoIsForgottenFirst() throws Exception {
    for (int i = 0; i < LiveDesk.MAX_LOGS; i++) {
      var watcher = desk.watch(ref(i), WORKER, Sample.REQUESTER).orElseThrow();
      desk.output(WORKER, output(ref(i), 0, "text"));
      watcher.close();
    }
    assertThat(desk.watch(ref(99), WORKER, Sample.REQUESTER)).isPresent();

    assertThat(textOf(desk.watch(ref(1), WORKER, Sample.REQUESTER).orElseThrow()))
        .isEqualTo("text");
    assertThat(textOf(desk.watch(ref(0), WORKER, Sample.REQUESTER).orElseThrow()))
        .isEmpty();
  }

  @Test
  void onlyTheWorkerOfTheAttemptIsHeard() throws Exception {
    var watcher = desk.watch(ref(1), WORKER, Sample.REQUESTER).orElseThrow();

    desk.output(Sample.worker(2), output(ref(1), 0, "lies"));
    desk.output(WORKER, output(ref(2), 0, "unasked"));
    desk.output(WORKER, output(ref(1), 0, "truth"));

    assertThat(textOf(watcher)).isEqualTo("truth");
  }

  @Test
  void aHoleInTheLogIsAskedForAgain() throws Exception {
    var watcher = desk.watch(ref(1), WORKER, Sample.REQUESTER).orElseThrow();
    desk.output(WORKER, output(ref(1), 0, "one"));
    told.clear();

    desk.output(WORKER, output(ref(1), 5, "three"));

    assertThat(told).containsExactly(new FromPool.Watch(ref(1), 3));
    assertThat(textOf(watcher)).isEqualTo("one");
  }
}
