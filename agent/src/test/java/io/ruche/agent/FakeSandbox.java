package io.ruche.agent;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Does what the first argument says: {@code trap}, {@code wait} until interrupted, or anything
 * else: writes arguments, variables and the names of the inputs into {@code result.txt}.
 */
final class FakeSandbox implements Sandbox {
  final AtomicInteger runs = new AtomicInteger();
  final CountDownLatch waiting = new CountDownLatch(1);
  final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final CountDownLatch interrupted = new CountDownLatch(1);

  @Override
  public RunOutcome run(RunRequest request, RunListener listener) throws InterruptedException {
    runs.incrementAndGet();
    var first = request.args().isEmpty() ? "" : request.args().getFirst();
    return switch (first) {
      case "trap" ->
        new RunOutcome.Failed(FailureCode.TRAP, 0, "unreachable", new RunLogs("", "boom\n", 0));
      case "wait" -> waitForEver();
      default -> write(request);
    };
  }

  @Override
  public void pause() {
    told.add("pause");
  }

  @Override
  public void resume() {
    told.add("resume");
  }

  @Override
  public Isolation isolation() {
    return new Isolation.Plain("it is a fake");
  }

  @Override
  public void close() {}

  private RunOutcome waitForEver() throws InterruptedException {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody opens this latch");
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  private static RunOutcome write(RunRequest request) {
    try (var inputs = Files.list(request.input())) {
      var names = inputs
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(" "));
      Files.writeString(
          request.output().resolve("result.txt"),
          "%s\n%s\n%s\n".formatted(request.args(), names, request.env()));
      return new RunOutcome.Finished(new RunLogs("hello\n", "", 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
