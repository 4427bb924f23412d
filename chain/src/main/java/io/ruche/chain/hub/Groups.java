package io.ruche.chain.hub;

import io.ruche.chain.Call;
import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.abi.AbiFunction;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcReply;
import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.Words;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Group contracts, which orders name as restrictions: ours, and any other that answers
 * {@code keyHasPurpose} (ERC-734). Any thread may call.
 */
public final class Groups {
  /** ERC-734 purpose of group members (poco interface, section 1). */
  private static final long MEMBER_PURPOSE = 4;

  /** Members in one transaction, so that it fits a block on usual chains. */
  public static final int MAX_ARRAY = 100;

  /** Groups that a union or an intersection may be made of. */
  public static final int MAX_PARTS = 16;

  private static final AbiFunction KEY_HAS_PURPOSE =
      AbiFunction.of("keyHasPurpose(bytes32,uint256)", "(bool)");
  private static final AbiFunction ADD = AbiFunction.of("add(address[])");
  private static final AbiFunction REMOVE = AbiFunction.of("remove(address[])");
  private static final AbiFunction COUNT = AbiFunction.of("countMembers()", "(uint256)");
  private static final AbiFunction LIST =
      AbiFunction.of("listMembers(uint256,uint256)", "(address[])");
  private static final AbiFunction OWNER = AbiFunction.of("owner()", "(address)");
  private static final AbiFunction PARTS = AbiFunction.of("parts()", "(address[])");

  static final List<AbiFunction> LIST_FUNCTIONS =
      List.of(KEY_HAS_PURPOSE, ADD, REMOVE, COUNT, LIST, OWNER);
  static final List<AbiFunction> COMBINED_FUNCTIONS = List.of(KEY_HAS_PURPOSE, PARTS);

  private final Rpc rpc;

  Groups(Rpc rpc) {
    this.rpc = rpc;
  }

  /** A list that its owner keeps. */
  public record Members(Address owner, long count) {}

  /** True when the contract at {@code group} lists the account; failing counts as no. */
  public boolean isMember(Address group, Address account) {
    return answer(group, memberQuestion(account)).map(Groups::isTrue).orElse(false);
  }

  /** True when the contract can be asked for members at all. */
  public boolean isGroup(Address address) {
    return answer(address, memberQuestion(Address.ZERO))
        .filter(Groups::isBoolean)
        .isPresent();
  }

  private static byte[] memberQuestion(Address account) {
    return KEY_HAS_PURPOSE.encode(
        new AbiEncoder().uint(new BigInteger(1, account.bytes())).uint(MEMBER_PURPOSE));
  }

  /** Owner and size of a list; empty when the address is no such list. */
  public Optional<Members> members(Address group) {
    return decoded(group, OWNER.encode(), AbiDecoder::address)
        .flatMap(owner -> decoded(group, COUNT.encode(), AbiDecoder::cappedLong)
            .map(count -> new Members(owner, count)));
  }

  /** At most {@code limit} members of a list; none when the address is no list. */
  public List<Address> firstMembers(Address group, int limit) {
    var page = LIST.encode(new AbiEncoder().uint(0).uint(limit));
    return decoded(group, page, in -> in.words(AbiDecoder::address)).orElse(List.of());
  }

  /** The groups that a union or an intersection is made of; empty when it is neither. */
  public Optional<List<Address>> parts(Address group) {
    return decoded(group, PARTS.encode(), in -> in.words(AbiDecoder::address));
  }

  /** Sent by the list's owner; who is in already stays in. */
  public Call add(Address group, List<Address> members) {
    return Call.of(group, ADD.encode(addresses(new AbiEncoder(), members)));
  }

  /** Sent by the list's owner. */
  public Call remove(Address group, List<Address> members) {
    return Call.of(group, REMOVE.encode(addresses(new AbiEncoder(), members)));
  }

  /** Creates a list. */
  public static Call createList(byte[] creationCode, Address owner, List<Address> members) {
    return create(creationCode, addresses(new AbiEncoder().address(owner), members));
  }

  /** Creates a union or an intersection, whichever the code is of. */
  public static Call createCombined(byte[] creationCode, List<Address> parts) {
    return create(creationCode, addresses(new AbiEncoder(), parts));
  }

  private static Call create(byte[] creationCode, AbiEncoder encoder) {
    byte[] arguments = encoder.toBytes();
    byte[] code = Arrays.copyOf(creationCode, creationCode.length + arguments.length);
    System.arraycopy(arguments, 0, code, creationCode.length, arguments.length);
    return Call.create(code);
  }

  private static AbiEncoder addresses(AbiEncoder encoder, List<Address> members) {
    return encoder.words(members, Words::address);
  }

  private Optional<String> answer(Address group, byte[] question) {
    return switch (rpc.tryCallAll(List.of(Call.of(group, question))).getFirst()) {
      case RpcReply.Result(var value) -> Optional.of(value.asText());
      case RpcReply.Refused _ -> Optional.empty();
    };
  }

  private <T> Optional<T> decoded(Address group, byte[] question, Function<AbiDecoder, T> reader) {
    return answer(group, question).flatMap(data -> {
      try {
        return Optional.of(reader.apply(AbiDecoder.of(Hex.decode(data))));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    });
  }

  private static boolean isBoolean(String data) {
    return data.matches("0x0{63}[01][0-9a-f]*");
  }

  /** An answer that is no boolean counts as false, as it does for the hub. */
  static boolean isTrue(String data) {
    return data.matches("0x0{63}1[0-9a-f]*");
  }
}
