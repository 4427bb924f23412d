package io.ruche.sdk;

import io.ruche.chain.Call;
import io.ruche.chain.ChainErrors;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.OutboxStore;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.transfer.Checksum;
import io.ruche.transfer.Cid;
import io.ruche.transfer.FetchRequest;
import io.ruche.transfer.FetchSettings;
import io.ruche.transfer.Fetcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's way into one network: opens chain, market and content over the network and hands out
 * the parts of this library, wired. Open one per wallet, close it when done; any thread may call.
 */
public final class RucheClient implements AutoCloseable {
  private static final Duration DEVELOPMENT_POLL = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration CREATION_LIMIT = Duration.ofMinutes(5);

  /** Unlike a worker's, because a person waits. */
  private static final FetchSettings.Retries SHORT_RETRIES =
      new FetchSettings.Retries(2, Duration.ofMillis(250), Duration.ofSeconds(1));

  private final Rpc rpc;
  private final Hub hub;
  private final Wallet wallet;
  private final HubView view;
  private final MarketClient market;
  private final Fetcher fetcher;
  private final Endpoints endpoints;
  private @Nullable OwnTasks tasks;
  private @Nullable BlockFeed feed;
  private @Nullable TransactionSender sender;

  /** Where the parts of a network are. */
  public record Endpoints(long chainId, URI rpc, Address hub, URI market) {
    public boolean isDevelopment() {
      return ChainErrors.DEVELOPMENT_CHAINS.contains(chainId);
    }
  }

  private RucheClient(Rpc rpc, Hub hub, Wallet wallet, Endpoints endpoints) {
    this.rpc = rpc;
    this.hub = hub;
    this.wallet = wallet;
    this.endpoints = endpoints;
    this.view = new HubView(hub);
    this.market =
        new MarketClient(endpoints.market(), endpoints.chainId(), new WalletSigner(wallet));
    this.fetcher = new Fetcher(fetchSettings(endpoints));
  }

  private static FetchSettings fetchSettings(Endpoints endpoints) {
    var base = endpoints.isDevelopment() ? FetchSettings.development() : FetchSettings.defaults();
    return new FetchSettings(
        base.allowPrivateAddresses(),
        base.allowFileUrls(),
        List.of(endpoints.market()),
        base.maxBytes(),
        base.maxRedirects(),
        SHORT_RETRIES,
        base.timeouts());
  }

  /** Opens the chain and checks that it is the right one and has the hub. */
  public static RucheClient open(Endpoints endpoints, Wallet wallet) {
    var rpc = Rpc.open(endpoints.rpc().toString());
    try {
      wallet.requireAllowedOn(endpoints.chainId());
      var hub = Hub.open(rpc, endpoints.hub(), endpoints.chainId());
      return new RucheClient(rpc, hub, wallet, endpoints);
    } catch (RuntimeException e) {
      rpc.close();
      throw e;
    }
  }

  public Hub hub() {
    return hub;
  }

  public Wallet wallet() {
    return wallet;
  }

  public HubView view() {
    return view;
  }

  public MarketClient market() {
    return market;
  }

  public boolean isDevelopment() {
    return ChainErrors.DEVELOPMENT_CHAINS.contains(hub.chainId());
  }

  public Quoter quoter() {
    return new Quoter(view, view, market);
  }

  public Purchase purchase(RunBook book, Clock clock) {
    return new Purchase(
        new Purchase.Ports(view, view, transactions()), new WalletSigner(wallet), book, clock);
  }

  /** As {@link #purchase(RunBook, Clock)}, matched and paid by another wallet. */
  public Purchase purchase(RunBook book, Clock clock, RucheClient sponsor) {
    var ports = new Purchase.Ports(view, view, sponsor.transactions());
    return new Purchase(ports, new WalletSigner(wallet), book, clock);
  }

  public Publisher publisher() {
    return new Publisher(view.domain(), market, transactions(), new WalletSigner(wallet));
  }

  /** Single orders of the wallet. */
  public OwnOrders orders() {
    return new OwnOrders(view, market, transactions(), new WalletSigner(wallet));
  }

  /** Tasks that the wallet bought, at the pool of this network. */
  public synchronized OwnTasks tasks() {
    if (tasks == null) {
      tasks = new OwnTasks(
          endpoints.market(),
          endpoints.chainId(),
          new WalletSigner(wallet),
          InstantSource.system());
    }
    return tasks;
  }

  /** What the owner of this workerpool may tell its server, at the market of this network. */
  public OwnPool pool(Address workerpool) {
    return new OwnPool(
        endpoints.market(),
        endpoints.chainId(),
        workerpool,
        new WalletSigner(wallet),
        InstantSource.system());
  }

  /**
   * Refuses restrictions that nobody could satisfy.
   *
   * @throws io.ruche.core.RucheException RESTRICTION_UNKNOWN
   */
  public void requireAudience(Audience audience) {
    new RestrictionCheck(view).require(audience);
  }

  public Sources sources() {
    return new Sources(market, fetcher);
  }

  /** Follows deals of this hub. */
  public Watch watch(List<DealId> deals) {
    return new Watch(view, view, deals);
  }

  public Claims claims() {
    return new Claims(transactions());
  }

  /** Content of this network by CID, from its market's store. */
  public ContentSource content() {
    return this::download;
  }

  /** Starts sending on first use; a client that only reads never needs the wallet's nonce. */
  public synchronized HubTransactions transactions() {
    if (sender == null) {
      feed = BlockFeed.start(rpc, poll());
      sender = TransactionSender.start(
          SenderParts.of(rpc, feed, wallet, hub.chainId(), senderSettings()));
    }
    return new HubTransactions(hub, sender);
  }

  /**
   * Creates a contract once and returns its address: what the outbox knows under the key is not
   * sent again.
   */
  public Address create(OutboxStore outbox, String actionKey, Call creation) {
    try (var blocks = BlockFeed.start(rpc, poll());
        var once = TransactionSender.start(
            SenderParts.of(rpc, blocks, wallet, hub.chainId(), senderSettings())
                .withOutbox(outbox))) {
      var outcome = once.sendAndWait(actionKey, creation, CREATION_LIMIT);
      return rpc.receipts(List.of(outcome.hash()))
          .getFirst()
          .map(Receipt::contract)
          .orElseThrow(() -> ChainErrors.pending(actionKey, ": its receipt is gone"));
    }
  }

  private Duration poll() {
    return isDevelopment() ? DEVELOPMENT_POLL : POLL;
  }

  private SenderSettings senderSettings() {
    return isDevelopment() ? SenderSettings.development() : SenderSettings.production();
  }

  private void download(Cid cid, Path file) {
    fetcher.download(new FetchRequest(cid.path(), new Checksum.OfCid(cid)), file);
  }

  @Override
  public synchronized void close() {
    if (sender != null) {
      sender.close();
    }
    if (feed != null) {
      feed.close();
    }
    if (tasks != null) {
      tasks.close();
    }
    market.close();
    fetcher.close();
    rpc.close();
  }
}
