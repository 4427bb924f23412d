package io.ruche.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.core.RucheException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainWatchTest {
  private final List<String> told = new ArrayList<>();
  private JsonNode status = left(0, 0);
  private @Nullable RucheException trouble;
  private final DrainWatch watch = new DrainWatch(this::status, 2, told::add);

  private JsonNode status() {
    if (trouble != null) {
      throw trouble;
    }
    return status;
  }

  private static JsonNode left(long tasks, long orders) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("openTasks", tasks)
        .put("openOrders", orders)
        .put("drainedSince", "2026-01-02T03:04:05Z");
  }

  @Test
  void whatIsLeftIsToldWhenItChanges() {
    for (var seen : List.of(left(3, 1), left(3, 1), left(1, 0))) {
      status = seen;
      assertThat(watch.isOver()).isFalse();
    }

    assertThat(told)
        .containsExactly("3 tasks and 1 orders are left.", "1 tasks and 0 orders are left.");
  }

  @Test
  void nothingMustBeLeftTwiceInARow() {
    assertThat(watch.isOver()).isFalse();
    status = left(1, 0);
    assertThat(watch.isOver()).isFalse();
    status = left(0, 0);
    assertThat(watch.isOver()).isFalse();

    assertThat(watch.isOver()).isTrue();
  }

  @Test
  void aServerThatIsStartedAgainIsWaitedFor() {
    assertThat(watch.isOver()).isFalse();
    trouble = new RucheException("MARKET_UNREACHABLE", "no answer", "", true);
    assertThat(watch.isOver()).isFalse();
    assertThat(watch.isOver()).isFalse();
    trouble = null;

    assertThat(watch.isOver()).as("silence says nothing").isFalse();
    assertThat(watch.isOver()).isTrue();
    assertThat(told)
        .containsExactly(
            "0 tasks and 0 orders are left.",
            "The server does not answer; waiting for it, as the drain is on its disk.",
            "0 tasks and 0 orders are left.");
  }

  @Test
  void aServerThatStaysAwayIsToldInTheEnd() {
    trouble = new RucheException("MARKET_UNREACHABLE", "no answer", "", true);
    for (int i = 1; i < DrainWatch.MAX_SILENT; i++) {
      assertThat(watch.isOver()).isFalse();
    }

    assertThatThrownBy(watch::isOver).isSameAs(trouble);
  }

  @Test
  void aPoolThatSomebodyResumedIsAnError() {
    status = JsonNodeFactory.instance.objectNode().put("openTasks", 0).put("openOrders", 2);

    assertThat(watch.isOver()).as("a picture from before the drain").isFalse();
    assertThatThrownBy(watch::isOver).hasMessageContaining("sells again");
  }
}
