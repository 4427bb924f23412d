package io.ruche.sdk;

import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.OperatorText;
import io.ruche.core.OperatorText.Action;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** What the owner of a workerpool tells its server. Any thread may call. */
public final class OwnPool implements AutoCloseable {
  private static final String DRAIN = "/pool/drain";

  private final JsonHttp http;
  private final long chainId;
  private final Address workerpool;
  private final Signer signer;
  private final InstantSource clock;

  /**
   * Tells the pool at this address; nothing is sent yet.
   *
   * @param clock what the orders are dated by; the pool takes five minutes of difference
   */
  public OwnPool(URI pool, long chainId, Address workerpool, Signer signer, InstantSource clock) {
    this.http = new JsonHttp(pool);
    this.chainId = chainId;
    this.workerpool = workerpool;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * A worker, or one machine, gets no more work; what it runs goes on. Saying it again changes the
   * reason.
   *
   * @throws io.ruche.core.RucheException NOT_OPERATOR, or that the pool cannot be reached
   */
  public void ban(Address worker, String reason) {
    var path =
        "%s?reason=%s".formatted(path(worker), URLEncoder.encode(reason, StandardCharsets.UTF_8));
    http.send(
        signed(path, Action.BAN, worker, reason).POST(BodyPublishers.noBody()).build());
  }

  /** It gets work again, whether it was banned or had broken a commit. */
  public void readmit(Address worker) {
    http.send(signed(path(worker), Action.READMIT, worker, "").DELETE().build());
  }

  /**
   * The pool sells nothing more and finishes what is sold; saying it again changes nothing.
   *
   * @throws io.ruche.core.RucheException NOT_OPERATOR, or that the pool cannot be reached
   */
  public void drain() {
    http.send(signed(DRAIN, Action.DRAIN, Address.ZERO, "")
        .POST(BodyPublishers.noBody())
        .build());
  }

  /** It sells again. */
  public void resume() {
    http.send(signed(DRAIN, Action.RESUME, Address.ZERO, "").DELETE().build());
  }

  private static String path(Address worker) {
    return "/pool/bans/" + worker;
  }

  private HttpRequest.Builder signed(String path, Action action, Address worker, String reason) {
    var text = new OperatorText(action, chainId, workerpool, worker, reason, clock.instant());
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
