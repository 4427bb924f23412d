package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.AppOrder;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.DealParams;
import io.ruche.core.Digest;
import io.ruche.core.Eip712Domain;
import io.ruche.core.Keccak;
import io.ruche.core.OnChainTask;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.Resource;
import io.ruche.core.Salt;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.Workerpool;
import io.ruche.core.WorkerpoolOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A hub and an order board in memory; signatures are the owner's address padded. */
final class FakeWorld implements ChainView, Resources, Market, Deals, Transactions, Signer {
  static final Address REQUESTER = address("c3");
  static final Address OWNER = address("0a");
  static final Address POOL_OWNER = address("0b");
  static final Address APP = address("a1");
  static final Address DATA = address("d1");
  static final Address POOL = address("b1");
  static final Address SPONSOR = address("5f");
  static final Address GROUP = address("99");

  final Map<OrderHash, Long> consumed = new HashMap<>();
  final Map<Address, Account> accounts = new HashMap<>();
  final Set<Address> members = new HashSet<>();
  final Map<DealId, Deal> matched = new HashMap<>();
  final Map<TaskId, TaskStatus> statuses = new HashMap<>();
  final List<TaskId> asked = new ArrayList<>();
  final List<String> claims = new ArrayList<>();
  final List<AppOrder> apps = new ArrayList<>();
  final List<DatasetOrder> datasets = new ArrayList<>();
  final List<WorkerpoolOrder> pools = new ArrayList<>();

  Instant now = Instant.EPOCH;
  Address sender = REQUESTER;

  static Address address(String octet) {
    return new Address("0x" + octet.repeat(20));
  }

  static TokenAmount ruc(String tokens) {
    return TokenAmount.parse(tokens);
  }

  /** A world with one app, dataset and pool offer, and money for everybody. */
  static FakeWorld withOffers() {
    var world = new FakeWorld();
    world.apps.add(world.appOrder("1", 100));
    world.datasets.add(world.datasetOrder("2", 100));
    world.pools.add(world.poolOrder("3", 100, 5));
    world.accounts.put(REQUESTER, new Account(ruc("1000"), TokenAmount.ZERO));
    world.accounts.put(POOL_OWNER, new Account(ruc("1000"), TokenAmount.ZERO));
    return world;
  }

  Demand demand(long tasks, long trust) {
    return new Demand(
        REQUESTER,
        APP,
        DATA,
        Address.ZERO,
        tasks,
        0,
        trust,
        Tag.NONE,
        DealParams.ofArgs("x"),
        null);
  }

  Quoter quoter() {
    return new Quoter(this, this, this);
  }

  AppOrder appOrder(String price, long volume) {
    return signed(new AppOrder(
        APP,
        ruc(price),
        volume,
        Tag.NONE,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        salt(price, volume),
        Signature.EMPTY));
  }

  AppOrder signed(AppOrder order) {
    return order.withSignature(signatureOf(OWNER));
  }

  DatasetOrder datasetOrder(String price, long volume) {
    return new DatasetOrder(
        DATA,
        ruc(price),
        volume,
        Tag.NONE,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        salt(price, volume),
        signatureOf(OWNER));
  }

  WorkerpoolOrder poolOrder(String price, long volume, long trust) {
    return new WorkerpoolOrder(
        POOL,
        ruc(price),
        volume,
        Tag.NONE,
        0,
        trust,
        Address.ZERO,
        Address.ZERO,
        Address.ZERO,
        salt(price, volume),
        signatureOf(POOL_OWNER));
  }

  static Signature signatureOf(Address owner) {
    return new Signature(owner.hex() + "00".repeat(45));
  }

  private static Salt salt(String price, long volume) {
    return Salt.of(Keccak.hashText(price + "/" + volume));
  }

  @Override
  public Eip712Domain domain() {
    return Eip712Domain.ofHub(65_535, address("ff"));
  }

  @Override
  public long consumed(OrderHash order) {
    return consumed.getOrDefault(order, 0L);
  }

  @Override
  public boolean isSigned(Address owner, OrderHash order, Signature signature) {
    return signature.equals(signatureOf(owner));
  }

  @Override
  public boolean isMember(Address restriction, Address account) {
    return restriction.equals(GROUP) && members.contains(account);
  }

  @Override
  public Account account(Address owner) {
    return accounts.getOrDefault(owner, new Account(TokenAmount.ZERO, TokenAmount.ZERO));
  }

  @Override
  public Optional<Category> category(long id) {
    return id == 0
        ? Optional.of(new Category(0, "XS", "", Duration.ofMinutes(5)))
        : Optional.empty();
  }

  @Override
  public Optional<App> app(Address address) {
    return address.equals(APP)
        ? Optional.of(new App(APP, OWNER, "app", "WASM", "http://x/a", Sha256.ABSENT))
        : Optional.empty();
  }

  @Override
  public Optional<Dataset> dataset(Address address) {
    return address.equals(DATA)
        ? Optional.of(new Dataset(DATA, OWNER, "data", "http://x/d", Sha256.ABSENT))
        : Optional.empty();
  }

  @Override
  public Optional<Workerpool> workerpool(Address address) {
    return address.equals(POOL)
        ? Optional.of(new Workerpool(POOL, POOL_OWNER, "pool", 30, 1))
        : Optional.empty();
  }

  @Override
  public List<AppOrder> appOrders(Address app) {
    return List.copyOf(apps);
  }

  @Override
  public List<DatasetOrder> datasetOrders(Address dataset) {
    return List.copyOf(datasets);
  }

  @Override
  public List<WorkerpoolOrder> workerpoolOrders(long categoryId, long minTrust) {
    return List.copyOf(pools);
  }

  @Override
  public OrderHash publish(Order order) {
    return order.hash(domain());
  }

  @Override
  public Optional<Listing> find(OrderHash hash) {
    return Optional.empty();
  }

  @Override
  public Optional<Deal> deal(DealId id) {
    return Optional.ofNullable(matched.get(id));
  }

  @Override
  public List<OnChainTask> tasks(List<TaskId> ids) {
    asked.addAll(ids);
    return ids.stream().map(this::task).toList();
  }

  private OnChainTask task(TaskId id) {
    var none = new Digest("0x" + "00".repeat(32));
    return new OnChainTask(
        id,
        new DealId("0x" + "00".repeat(32)),
        0,
        statuses.getOrDefault(id, TaskStatus.UNSET),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        none,
        0,
        0,
        List.of(),
        none,
        "0x");
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Address wallet() {
    return sender;
  }

  @Override
  public void match(Lot lot, SignedRequest request) {
    match(lot, request, request.order().requester());
  }

  @Override
  public void sponsor(Lot lot, SignedRequest request) {
    match(lot, request, SPONSOR);
  }

  private void match(Lot lot, SignedRequest request, Address payer) {
    consume(lot.app().hash(domain()), lot.tasks());
    consume(lot.workerpool().hash(domain()), lot.tasks());
    long first = consumed(request.hash());
    consume(request.hash(), lot.tasks());
    var id = DealId.of(request.hash(), first);
    var order = request.order();
    matched.put(
        id,
        new Deal(
            id,
            new Resource(order.app(), OWNER, lot.app().price()),
            new Resource(order.dataset(), OWNER, lot.dataset().price()),
            new Resource(
                lot.workerpool().workerpool(), POOL_OWNER, lot.workerpool().price()),
            order.trust(),
            order.categoryId(),
            order.tag(),
            order.requester(),
            order.beneficiary(),
            order.callback(),
            order.params(),
            Instant.EPOCH,
            first,
            lot.tasks(),
            TokenAmount.ZERO,
            1,
            payer));
  }

  void consume(OrderHash order, long tasks) {
    consumed.merge(order, tasks, Long::sum);
  }

  @Override
  public void deposit(TokenAmount amount) {}

  @Override
  public void withdraw(TokenAmount amount) {}

  @Override
  public void claim(Deal deal, List<Long> started, List<Long> unset) {
    claims.add("started %s unset %s".formatted(started, unset));
  }

  @Override
  public Address createApp(String name, String type, String location, Sha256 checksum) {
    return APP;
  }

  @Override
  public Address createDataset(String name, String location, Sha256 checksum) {
    return DATA;
  }

  @Override
  public Address createWorkerpool(String description) {
    return POOL;
  }

  @Override
  public Address address() {
    return REQUESTER;
  }

  @Override
  public Signature signDigest(byte[] digest) {
    return signatureOf(REQUESTER);
  }
}
