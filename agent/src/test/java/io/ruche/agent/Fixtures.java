package io.ruche.agent;

import io.ruche.agent.chain.DealFacts;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Cancellation;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Resource;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deal of three tasks, with its pool's owner and a worker. */
public final class Fixtures {
  public static final Wallet OWNER = Wallet.random();
  public static final Wallet WORKER = Wallet.random();
  public static final Wallet REQUESTER = Wallet.random();
  public static final long CHAIN_ID = 65_535;
  public static final Address HUB = new Address("0x" + "aa".repeat(20));
  public static final Address POOL = new Address("0x" + "90".repeat(20));
  public static final Address APP = new Address("0x" + "a1".repeat(20));
  public static final Address DATASET = new Address("0x" + "d1".repeat(20));
  public static final DealId DEAL = new DealId("0x" + "de".repeat(32));
  public static final long FIRST = 5;

  private Fixtures() {}

  public static TaskId task(long index) {
    return TaskId.of(DEAL, index);
  }

  public static Category category() {
    return new Category(0, "XS", "", Duration.ofMinutes(5));
  }

  public static Deal deal(String params, boolean hasDataset) {
    return new Deal(
        DEAL,
        new Resource(APP, Address.ZERO, TokenAmount.ZERO),
        hasDataset ? new Resource(DATASET, Address.ZERO, TokenAmount.ZERO) : Resource.NONE,
        new Resource(POOL, OWNER.address(), TokenAmount.ofNano(10)),
        1,
        0,
        Tag.NONE,
        REQUESTER.address(),
        Address.ZERO,
        Address.ZERO,
        params,
        Instant.now().minusSeconds(1),
        FIRST,
        3,
        TokenAmount.ofNano(3),
        10,
        Address.ZERO);
  }

  public static App app(String type, String location, Sha256 checksum) {
    return new App(APP, Address.ZERO, "app", type, location, checksum);
  }

  /** The requester's word about a task of the deal. */
  public static Cancellation cancellation(Wallet signer, TaskId task, Instant time) {
    var word = new Cancellation(time, Signature.EMPTY);
    return new Cancellation(
        time, signer.signText(word.text(CHAIN_ID, POOL, task).text()));
  }

  public static DealFacts facts(String params, App app) {
    return facts(params, app, null);
  }

  public static DealFacts facts(String params, App app, @Nullable Dataset dataset) {
    return new DealFacts(deal(params, dataset != null), app, dataset, category());
  }

  public static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
