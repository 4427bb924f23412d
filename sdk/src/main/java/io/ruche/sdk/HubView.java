package io.ruche.sdk;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.RpcReply;
import io.ruche.chain.wallet.Signatures;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Eip712Domain;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.Workerpool;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads of a real hub. Any thread may call. */
public final class HubView implements ChainView, Resources, Deals {
  /** ERC-734 purpose of group members (poco interface, section 1). */
  private static final long GROUP_MEMBER = 4;

  private static final AbiFunction KEY_HAS_PURPOSE =
      AbiFunction.of("keyHasPurpose(bytes32,uint256)", "(bool)");
  private static final AbiFunction IS_SIGNED =
      AbiFunction.of("verifyPresignatureOrSignature(address,bytes32,bytes)", "(bool)");

  private final Hub hub;

  public HubView(Hub hub) {
    this.hub = hub;
  }

  @Override
  public Eip712Domain domain() {
    return hub.domain();
  }

  @Override
  public long consumed(OrderHash order) {
    return hub.consumed(order);
  }

  @Override
  public boolean isSigned(Address owner, OrderHash order, Signature signature) {
    var signer = Signatures.recover(order.bytes(), signature);
    return signer.filter(owner::equals).isPresent() || isSignedOnChain(owner, order, signature);
  }

  /** Pre-signatures, and owners that are contracts. */
  private boolean isSignedOnChain(Address owner, OrderHash order, Signature signature) {
    var arguments = new AbiEncoder().address(owner).word(order.bytes()).bytes(signature.bytes());
    return isTrue(Call.of(hub.address(), IS_SIGNED.encode(arguments)));
  }

  @Override
  public boolean isMember(Address restriction, Address account) {
    var member = new AbiEncoder().uint(new BigInteger(1, account.bytes())).uint(GROUP_MEMBER);
    return hub.rpc().hasCode(restriction)
        && isTrue(Call.of(restriction, KEY_HAS_PURPOSE.encode(member)));
  }

  /** A revert or an answer that is no boolean counts as false, as it does for the hub. */
  private boolean isTrue(Call call) {
    return switch (hub.rpc().tryCallAll(List.of(call)).getFirst()) {
      case RpcReply.Result(var value) -> isTrue(value.asText());
      case RpcReply.Refused refused -> false;
    };
  }

  private static boolean isTrue(String data) {
    try {
      return AbiDecoder.of(Hex.decode(data)).bool();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public Account account(Address owner) {
    var account = hub.account(owner);
    return new Account(account.free(), account.locked());
  }

  @Override
  public Optional<Category> category(long id) {
    return hub.category(id);
  }

  @Override
  public Optional<App> app(Address address) {
    return hub.app(address);
  }

  @Override
  public Optional<Dataset> dataset(Address address) {
    return hub.dataset(address);
  }

  @Override
  public Optional<Workerpool> workerpool(Address address) {
    return hub.workerpool(address);
  }

  @Override
  public Optional<Deal> deal(DealId id) {
    return hub.deal(id);
  }

  @Override
  public List<OnChainTask> tasks(List<TaskId> ids) {
    return hub.tasks(ids);
  }

  @Override
  public Instant now() {
    return hub.rpc().latestBlock().timestamp();
  }
}
