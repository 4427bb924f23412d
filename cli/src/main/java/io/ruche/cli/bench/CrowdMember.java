package io.ruche.cli.bench;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.RucheException;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.link.LinkPace;
import io.ruche.link.LoginText;
import io.ruche.link.PoolLink;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One idle worker of a crowd: it logs in with a wallet of its own and sends heartbeats. */
final class CrowdMember implements PoolLink.Identity, PoolLink.Listener, AutoCloseable {
  private static final int SLOTS = 2;
  private static final FromWorker.Offer OFFER = new FromWorker.Offer(
      SLOTS,
      1_024,
      10_000,
      List.of("WASM", "NATIVE"),
      null,
      new FromWorker.Machine(1, "amd64", List.of(), List.of()));

  private final Wallet wallet = Wallet.random();
  private final AtomicInteger connected;
  private final PoolLink link;
  private boolean isConnected;

  CrowdMember(HttpClient http, URI pool, AtomicInteger connected) {
    this.connected = connected;
    this.link =
        PoolLink.create(http, pool, this, this, LinkPace.defaults(), new SplittableRandom());
  }

  void start() {
    link.start();
  }

  @Override
  public FromWorker.Hello hello() {
    return FromWorker.Hello.ofWallet(
        LinkLimits.MIN_VERSION, LinkLimits.MAX_VERSION, wallet.address(), "ruche-bench");
  }

  @Override
  public FromWorker.Login login(FromPool.Challenge challenge) {
    var text = LoginText.of(challenge, wallet.address(), wallet.address());
    return new FromWorker.Login(wallet.signText(text), OFFER);
  }

  @Override
  public void connected(FromPool.Challenge pool, FromPool.Welcome welcome) {
    isConnected = true;
    connected.incrementAndGet();
    heartbeatDue();
  }

  @Override
  public void received(FromPool message) {}

  @Override
  public void heartbeatDue() {
    var _ = link.send(new FromWorker.Heartbeat(SLOTS, List.of(), null));
  }

  @Override
  public void disconnected(RucheException reason) {
    if (isConnected) {
      isConnected = false;
      connected.decrementAndGet();
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
