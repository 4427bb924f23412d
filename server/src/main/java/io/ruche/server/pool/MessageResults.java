package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.scheduler.AttemptId;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.ShellEvent;
import io.ruche.server.data.ResultDesk;
import io.ruche.server.data.SmallResult;
import io.ruche.server.data.UploadDesk.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Results that came in messages: what {@code PUT /results} does, without a request of its own. Each
 * is stored on a thread of its own, as the session must go on hearing; the desk bounds how many.
 */
final class MessageResults implements LinkDesk.Results {
  /** Of the archive itself; whatever else fails is this server's fault and may pass. */
  private static final Set<String> FINAL = Set.of(
      "DIGEST_MISMATCH",
      "ARCHIVE_REFUSED",
      "ARCHIVE_TOO_LARGE",
      "INVALID_OUTPUT",
      "OUTPUT_LIMIT",
      "BLOB_TOO_LARGE");

  private final ResultDesk desk;
  private final BiConsumer<Address, FromPool> answers;
  private final Function<TaskId, CallbackKind> callbacks;
  private final HandedIn handedIn = new HandedIn();

  MessageResults(
      ResultDesk desk,
      Function<TaskId, CallbackKind> callbacks,
      BiConsumer<Address, FromPool> answers) {
    this.desk = desk;
    this.callbacks = callbacks;
    this.answers = answers;
  }

  /**
   * Stores the result and answers its machine, later.
   *
   * @throws IllegalArgumentException when it holds no bytes, or too many
   */
  @Override
  public void take(Address machine, FromWorker.Result result) {
    byte[] archive = result.bytes();
    Thread.ofVirtual()
        .name("result")
        .start(() -> answers.accept(machine, answer(machine, result, archive)));
  }

  /**
   * Keeps the result that came with the opening of an attempt, for {@link #storeHandedIn}; what is
   * not plainly a good one is asked for, and refused, like any other.
   *
   * @throws IllegalArgumentException when it holds no bytes, or too many
   */
  @Override
  public void handIn(Address machine, FromWorker.Opened opened) {
    byte[] archive = opened.bytes();
    if (archive != null) {
      var ref = opened.ref();
      look(ref.task(), archive)
          .ifPresent(
              result -> handedIn.keep(machine, new AttemptId(ref.task(), ref.attempt()), result));
    }
  }

  private Optional<SmallResult> look(TaskId task, byte[] archive) {
    try {
      return desk.look(archive, callbacks.apply(task));
    } catch (RucheException e) {
      return Optional.empty();
    }
  }

  /**
   * Stores the result that was handed in for the slot within the next transaction of the pool's
   * journal, and gives what the engine is to hear; empty when there is none.
   */
  Optional<Event> storeHandedIn(Slot slot) {
    var machine = slot.machine();
    var attempt = slot.attempt();
    return Optional.ofNullable(handedIn.take(machine, attempt))
        .map(result -> desk.keepWithNext(slot, result)
            .<Event>map(stored -> new ShellEvent.ResultStored(machine, attempt, stored))
            .orElseGet(() -> new ShellEvent.UploadFailed(machine, attempt, "DIGEST_MISMATCH")));
  }

  private FromPool answer(Address machine, FromWorker.Result result, byte[] archive) {
    var ref = result.ref();
    var slot =
        desk.slot(result.token(), ref.task()).filter(open -> open.machine().equals(machine));
    if (slot.isEmpty()) {
      return new FromPool.ResultRefused(
          ref, "UPLOAD_NOT_ALLOWED: this token does not open an upload for the task", false);
    }
    try {
      desk.take(slot.get(), new ByteArrayInputStream(archive));
      return new FromPool.ResultStored(ref);
    } catch (RucheException e) {
      return refused(ref, e);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  /**
   * As a request would be answered, a full disk included: the worker keeps the result and comes
   * again.
   */
  static FromPool.ResultRefused refused(AttemptRef ref, RucheException e) {
    return new FromPool.ResultRefused(
        ref,
        e.code() + ": " + PoolLog.printable(String.valueOf(e.getMessage())),
        !FINAL.contains(e.code()));
  }
}
