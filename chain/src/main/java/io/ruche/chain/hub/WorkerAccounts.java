package io.ruche.chain.hub;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcReply;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Worker accounts: contracts that the hub sees as one worker, and whose listed machines do its
 * work. Whatever an address answers is a stranger's word; what it locks is on the hub. Any thread
 * may call.
 */
public final class WorkerAccounts {
  /** Machines in one transaction. */
  public static final int MAX_ARRAY = 100;

  /** What an account adds to a call of its hub, at most: it may settle a few ended tasks. */
  private static final long OWN_GAS = 1_200_000;

  private static final AbiFunction HUB = AbiFunction.of("hub()", "(address)");
  private static final AbiFunction OWNER = AbiFunction.of("owner()", "(address)");
  private static final AbiFunction MACHINE =
      AbiFunction.of("viewMachine(address)", "((uint96,uint96,uint32,bool))");
  private static final AbiFunction OPEN_TASK =
      AbiFunction.of("viewOpenTask(address,uint256)", "(bytes32)");
  private static final AbiFunction ALLOW = AbiFunction.of("setMachines(address[],uint96)");
  private static final AbiFunction REVOKE = AbiFunction.of("removeMachines(address[])");
  private static final AbiFunction WITHDRAW =
      AbiFunction.of("withdrawTo(uint256,address)", "(bool)");
  private static final AbiFunction SETTLE =
      AbiFunction.of("settle(address,uint256,uint256)", "(uint256)");

  static final List<AbiFunction> FUNCTIONS =
      List.of(HUB, OWNER, MACHINE, OPEN_TASK, ALLOW, REVOKE, WITHDRAW, SETTLE);

  private final Rpc rpc;

  WorkerAccounts(Rpc rpc) {
    this.rpc = rpc;
  }

  /**
   * What an account says of one machine.
   *
   * @param locked what its open tasks have locked, and what it has lost
   * @param openTasks how many there are, ended ones that nobody settled included
   */
  public record Machine(TokenAmount cap, TokenAmount locked, long openTasks, boolean isListed) {
    /** What it may lock now, before ended tasks are settled. */
    public TokenAmount left() {
      return new TokenAmount(cap.nano().subtract(locked.nano()).max(BigInteger.ZERO));
    }
  }

  /** The hub that the account works on; empty when the address is no worker account. */
  public Optional<Address> hubOf(Address account) {
    return answer(account, HUB.encode(), AbiDecoder::address);
  }

  /** Who may list machines and withdraw; empty when the address is no worker account. */
  public Optional<Address> ownerOf(Address account) {
    return answer(account, OWNER.encode(), AbiDecoder::address);
  }

  /** Empty when the address is no worker account. */
  public Optional<Machine> machine(Address account, Address machine) {
    return answer(
        account, MACHINE.encode(new AbiEncoder().address(machine)), WorkerAccounts::machine);
  }

  private static Machine machine(AbiDecoder in) {
    return new Machine(
        new TokenAmount(in.uint()), new TokenAmount(in.uint()), in.cappedLong(), in.bool());
  }

  /** The first open tasks of a machine, at most {@code limit}. */
  public List<TaskId> openTasks(Address account, Address machine, long limit) {
    var calls = new ArrayList<Call>();
    for (long index = 0; index < limit; index++) {
      var arguments = new AbiEncoder().address(machine).uint(index);
      calls.add(Call.of(account, OPEN_TASK.encode(arguments)));
    }
    var tasks = new ArrayList<TaskId>();
    for (byte[] answer : calls.isEmpty() ? List.<byte[]>of() : rpc.callAll(calls)) {
      var task = TaskId.of(AbiDecoder.of(answer).word());
      if (!task.equals(TaskId.of(new byte[Words.SIZE]))) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  /** The same call, sent to the account, which passes it on to its hub. */
  public static Call through(Address account, Call hubCall) {
    long limit = hubCall.gasLimit() == Call.ESTIMATE ? Call.ESTIMATE : hubCall.gasLimit() + OWN_GAS;
    return new Call(account, hubCall.data(), hubCall.valueWei(), limit);
  }

  /** Sent by the owner: lists machines, or changes their caps. */
  public static Call allow(Address account, List<Address> machines, TokenAmount cap) {
    return Call.of(
        account, ALLOW.encode(new AbiEncoder().words(machines, Words::address).uint(cap.nano())));
  }

  /** Sent by the owner: takes all rights from machines. */
  public static Call revoke(Address account, List<Address> machines) {
    return Call.of(account, REVOKE.encode(new AbiEncoder().words(machines, Words::address)));
  }

  /** Sent by the owner: free deposit, as tokens, to {@code target}. */
  public static Call withdraw(Address account, TokenAmount amount, Address target) {
    return Call.of(account, WITHDRAW.encode(new AbiEncoder().uint(amount.nano()).address(target)));
  }

  /** Sent by anybody: gives a machine's cap back what its first {@code count} tasks locked. */
  public static Call settle(Address account, Address machine, long count) {
    return Call.of(
        account, SETTLE.encode(new AbiEncoder().address(machine).uint(0).uint(count)));
  }

  /** Creates an account whose machines its owner lists later. */
  public static Call create(byte[] creationCode, Address hub, Address owner) {
    byte[] arguments = new AbiEncoder().address(hub).address(owner).toBytes();
    byte[] code = Arrays.copyOf(creationCode, creationCode.length + arguments.length);
    System.arraycopy(arguments, 0, code, creationCode.length, arguments.length);
    return Call.create(code);
  }

  private <T> Optional<T> answer(Address account, byte[] question, Function<AbiDecoder, T> reader) {
    return switch (rpc.tryCallAll(List.of(Call.of(account, question))).getFirst()) {
      case RpcReply.Result(var value) -> decoded(value.asText(), reader);
      case RpcReply.Refused _ -> Optional.empty();
    };
  }

  private static <T> Optional<T> decoded(String data, Function<AbiDecoder, T> reader) {
    try {
      return Optional.of(reader.apply(AbiDecoder.of(Hex.decode(data))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
