package io.ruche.chain.hub;

import io.ruche.chain.abi.AbiDecoder;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Dataset;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.OnChainTask;
import io.ruche.core.Resource;
import io.ruche.core.Sha256;
import io.ruche.core.Tag;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.Workerpool;
import java.time.Duration;
import java.time.Instant;

/** Return data of the hub's views as core records. */
final class HubReader {
  /** Later times are shown as this one: a deadline that never comes. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private HubReader() {}

  static Deal deal(DealId id, byte[] data) {
    var in = AbiDecoder.of(data).tuple();
    return new Deal(
        id,
        resource(in),
        resource(in),
        resource(in),
        in.cappedLong(),
        in.cappedLong(),
        new Tag(Hex.encode(in.word())),
        in.address(),
        in.address(),
        in.address(),
        in.text(),
        time(in),
        in.cappedLong(),
        in.cappedLong(),
        amount(in),
        in.cappedLong(),
        in.address());
  }

  static OnChainTask task(TaskId id, byte[] data) {
    var in = AbiDecoder.of(data).tuple();
    var status = TaskStatus.of(in.smallInt());
    var deal = DealId.of(in.word());
    long index = in.cappedLong();
    in.uint();
    return new OnChainTask(
        id,
        deal,
        index,
        status,
        time(in),
        time(in),
        time(in),
        Digest.of(in.word()),
        in.smallInt(),
        in.smallInt(),
        in.words(AbiDecoder::address),
        Digest.of(in.word()),
        Hex.encode(in.bytes()));
  }

  static Contribution contribution(byte[] data) {
    var in = AbiDecoder.of(data);
    return new Contribution(
        Contribution.Status.of(in.smallInt()),
        Digest.of(in.word()),
        Digest.of(in.word()),
        in.address(),
        in.cappedLong());
  }

  static Account account(byte[] data) {
    var in = AbiDecoder.of(data);
    return new Account(amount(in), amount(in));
  }

  static Category category(long id, byte[] data) {
    var in = AbiDecoder.of(data).tuple();
    var name = in.text();
    var description = in.text();
    return new Category(
        id, name, description, Duration.ofSeconds(Math.min(in.cappedLong(), MAX_SECONDS)));
  }

  static App app(Address address, byte[] data) {
    var in = AbiDecoder.of(data).tuple();
    return new App(
        address,
        in.address(),
        in.text(),
        in.text(),
        Multiaddr.locationOf(in.bytes()),
        Sha256.of(in.word()));
  }

  static Dataset dataset(Address address, byte[] data) {
    var in = AbiDecoder.of(data).tuple();
    return new Dataset(
        address, in.address(), in.text(), Multiaddr.locationOf(in.bytes()), Sha256.of(in.word()));
  }

  static Workerpool workerpool(Address address, byte[] data) {
    var in = AbiDecoder.of(data).tuple();
    return new Workerpool(address, in.address(), in.text(), in.cappedLong(), in.cappedLong());
  }

  private static Resource resource(AbiDecoder in) {
    return new Resource(in.address(), in.address(), amount(in));
  }

  private static TokenAmount amount(AbiDecoder in) {
    return new TokenAmount(in.uint());
  }

  private static Instant time(AbiDecoder in) {
    return Instant.ofEpochSecond(Math.min(in.cappedLong(), MAX_SECONDS));
  }
}
