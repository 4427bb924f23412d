package io.ruche.e2e;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.dev.Deployment;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.chain.tx.TxHandle;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Installation;
import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Hex;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the peer's hub on a development chain as its own scripts do: one diamond with the facets of
 * a live chain, its registries, our token in the place of its own.
 */
final class PeerHub implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(30);

  /** Enough for the largest of its contracts. */
  private static final long CREATION_GAS = 8_000_000;

  private static final String LIBRARY = "libs/IexecLibOrders_v5";
  private static final List<String> BORROWED =
      List.of("DiamondCutFacet", "DiamondLoupeFacet", "OwnershipFacet");
  private static final List<String> FACETS = List.of(
      "facets/IexecAccessorsABILegacyFacet",
      "facets/IexecCategoryManagerFacet",
      "facets/IexecConfigurationExtraFacet",
      "facets/IexecConfigurationFacet",
      "facets/IexecERC20Facet",
      "facets/IexecEscrowTokenFacet",
      "facets/IexecOrderManagementFacet",
      "facets/IexecPoco1Facet",
      "facets/IexecPoco2Facet",
      "facets/IexecPocoAccessorsFacet",
      "facets/IexecRelayFacet");
  private static final List<String> REGISTRIES = List.of(
      "registries/apps/AppRegistry",
      "registries/datasets/DatasetRegistry",
      "registries/workerpools/WorkerpoolRegistry");

  private static final AbiFunction CONFIGURE =
      AbiFunction.of("configure(address,string,string,uint8,address,address,address,address)");
  private static final AbiFunction INITIALIZE = AbiFunction.of("initialize(address)");
  private static final AbiFunction CREATE_CATEGORY =
      AbiFunction.of("createCategory(string,string,uint256)");

  private final PeerPackage peer;
  private final Rpc rpc;
  private final BlockFeed feed;
  private final TransactionSender owner;

  /** Where the hub and its token are. */
  record Place(Address hub, Address token) {}

  PeerHub(PeerPackage peer, Rpc rpc, long chainId, Wallet owner) {
    this.peer = peer;
    this.rpc = rpc;
    this.feed = BlockFeed.start(rpc, POLL);
    this.owner = TransactionSender.start(
        SenderParts.of(rpc, feed, owner, chainId, SenderSettings.development()));
  }

  Place deploy() {
    var artifacts = new Artifacts(Installation.current().contracts().resolve("out"));
    var ruc = initCode(artifacts.creationCode("Ruc"), new AbiEncoder().address(owner.address()));
    var library = peer.contract(LIBRARY);
    var first = created(Map.of("token", ruc, "library", code(library)));

    var facets = new LinkedHashMap<String, PeerPackage.Facet>();
    BORROWED.forEach(name -> facets.put(name, peer.borrowed(name)));
    FACETS.forEach(name -> facets.put(name, peer.contract(name, first.get("library"))));
    var codes = new LinkedHashMap<String, byte[]>();
    facets.forEach((name, facet) -> codes.put(name, code(facet)));
    REGISTRIES.forEach(name -> codes.put(name, code(peer.contract(name))));
    var parts = created(codes);

    var diamond = initCode(code(peer.contract("Diamond")), cuts(facets, parts));
    var hub = created(Map.of("diamond", diamond)).get("diamond");
    configure(hub, first.get("token"), parts);
    return new Place(hub, first.get("token"));
  }

  /** The diamond's constructor: every facet with all its functions, its owner, no initializer. */
  private AbiEncoder cuts(Map<String, PeerPackage.Facet> facets, Map<String, Address> parts) {
    var owned = new AbiEncoder().address(owner.address()).address(Address.ZERO).bytes(new byte[0]);
    return new AbiEncoder()
        .tuples(
            List.copyOf(facets.entrySet()),
            facet -> new AbiEncoder()
                .address(parts.get(facet.getKey()))
                .uint(0)
                .words(facet.getValue().selectors(), PeerHub::leftAligned))
        .tuple(owned);
  }

  private static byte[] leftAligned(String selector) {
    return Arrays.copyOf(Hex.decode(selector), 32);
  }

  private void configure(Address hub, Address token, Map<String, Address> parts) {
    var registries = REGISTRIES.stream().map(parts::get).toList();
    var configuration = new AbiEncoder()
        .address(token)
        .text("Staked RUC")
        .text("SRUC")
        .uint(9)
        .address(registries.get(0))
        .address(registries.get(1))
        .address(registries.get(2))
        .address(Address.ZERO);
    var noPrevious = new AbiEncoder().address(Address.ZERO);
    var calls = new ArrayList<Call>();
    calls.add(Call.of(hub, CONFIGURE.encode(configuration)));
    registries.forEach(at -> calls.add(Call.of(at, INITIALIZE.encode(noPrevious))));
    Deployment.CATEGORIES.forEach(one -> calls.add(Call.of(hub, creation(one))));

    var sent = new LinkedHashMap<String, TxHandle>();
    calls.forEach(call -> {
      var key = "configure-" + sent.size();
      sent.put(key, owner.send(key, call.withGasLimit(CREATION_GAS)));
    });
    sent.values().forEach(handle -> handle.awaitSuccess(LIMIT));
  }

  private static byte[] creation(Category category) {
    return CREATE_CATEGORY.encode(new AbiEncoder()
        .text(category.name())
        .text(category.description())
        .uint(category.referenceTime().toSeconds()));
  }

  private Map<String, Address> created(Map<String, byte[]> codes) {
    var sent = new LinkedHashMap<String, TxHandle>();
    codes.forEach((name, code) ->
        sent.put(name, owner.send(name, Call.create(code).withGasLimit(CREATION_GAS))));
    var addresses = new LinkedHashMap<String, Address>();
    sent.forEach((name, handle) -> {
      var hash = handle.awaitSuccess(LIMIT).hash();
      var receipt = rpc.receipts(List.of(hash)).getFirst();
      addresses.put(name, receipt.map(Receipt::contract).orElseThrow());
    });
    return addresses;
  }

  private static byte[] code(PeerPackage.Facet contract) {
    return Hex.decode(contract.creationCode());
  }

  private static byte[] initCode(byte[] code, AbiEncoder arguments) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(code);
    all.writeBytes(arguments.toBytes());
    return all.toByteArray();
  }

  @Override
  public void close() {
    owner.close();
    feed.close();
  }
}
