package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.AppType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxesTest {
  /** Notes what it is told. */
  private static final class Told implements Sandbox {
    private final List<String> words = new ArrayList<>();

    @Override
    public RunOutcome run(RunRequest request, RunListener listener) {
      throw new AssertionError("nothing is run here");
    }

    @Override
    public void pause() {
      words.add("pause");
    }

    @Override
    public void resume() {
      words.add("resume");
    }

    @Override
    public Isolation isolation() {
      return new Isolation.Plain("it does nothing");
    }

    @Override
    public void close() {
      words.add("close");
    }
  }

  private final Told first = new Told();
  private final Told later = new Told();
  private final Sandboxes sandboxes = new Sandboxes(Map.of(AppType.WASM, first));

  @Test
  void oneAddedLaterIsToldOfAndRestsWithTheOthers() {
    var heard = new ArrayList<String>();
    sandboxes.whenAdded(() -> heard.add(sandboxes.byType().keySet().toString()));
    sandboxes.pause();

    sandboxes.add(AppType.DOCKER, later);
    sandboxes.resume();

    assertThat(heard).containsExactly("[WASM, DOCKER]");
    assertThat(first.words).containsExactly("pause", "resume");
    assertThat(later.words).containsExactly("pause", "resume");
  }

  @Test
  void oneAddedAfterTheEndIsClosedAtOnce() {
    sandboxes.close();

    sandboxes.add(AppType.DOCKER, later);

    assertThat(later.words).containsExactly("close");
    assertThat(sandboxes.find(AppType.DOCKER)).isEmpty();
  }
}
