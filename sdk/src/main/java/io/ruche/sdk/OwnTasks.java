package io.ruche.sdk;

import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Deal;
import io.ruche.core.RequesterText;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.TaskId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * What the wallet may ask the pool about tasks that it bought: to stop them, and to read what they
 * write. Any thread may call.
 */
public final class OwnTasks implements AutoCloseable {
  private final JsonHttp http;
  private final long chainId;
  private final Signer signer;
  private final InstantSource clock;

  /**
   * Asks the pool at this address; nothing is sent yet.
   *
   * @param clock what the requests are dated by; the pool takes five minutes of difference
   */
  public OwnTasks(URI pool, long chainId, Signer signer, InstantSource clock) {
    this.http = new JsonHttp(pool);
    this.chainId = chainId;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * That a task will stop.
   *
   * @param isRepeated it was asked before
   * @param running runs that have not said yet that they stopped
   */
  public record Stopping(TaskId task, boolean isRepeated, int running) {}

  /**
   * Stops a task: it ends as a certified failure CANCELLED, and is charged like a run.
   *
   * @throws io.ruche.core.RucheException TOO_LATE when a run may have its result, ALREADY_SETTLED,
   *     TASK_UNKNOWN, NOT_REQUESTER, or that the pool cannot be reached
   */
  public Stopping cancel(Deal deal, TaskId task) {
    var request = signed("/tasks/%s/cancel".formatted(task), Action.CANCEL, deal, task)
        .POST(BodyPublishers.noBody())
        .build();
    var answer = http.send(request);
    return new Stopping(
        task, answer.path("isRepeated").asBoolean(), answer.path("running").asInt());
  }

  /**
   * What a run writes, from its beginning or from where somebody stopped to read; nothing is asked
   * before {@link TaskLog#read}.
   */
  public TaskLog log(Deal deal, TaskId task, TaskLog.Part part) {
    return new TaskLog(
        http,
        query -> signed("/tasks/%s/logs?%s".formatted(task, query), Action.READ_LOGS, deal, task),
        part);
  }

  /** A request that the requester signed now. */
  private HttpRequest.Builder signed(String path, Action action, Deal deal, TaskId task) {
    var text =
        new RequesterText(action, chainId, deal.workerpool().address(), task, clock.instant());
    var hash = Signatures.messageHash(text.text().getBytes(StandardCharsets.UTF_8));
    return http.request(path)
        .header("Ruche-Address", signer.address().checksummed())
        .header("Ruche-Time", text.time().toString())
        .header("Ruche-Signature", signer.signDigest(hash).hex());
  }

  @Override
  public void close() {
    http.close();
  }
}
