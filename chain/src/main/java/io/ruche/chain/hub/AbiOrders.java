package io.ruche.chain.hub;

import io.ruche.chain.abi.AbiDecoder;
import io.ruche.chain.abi.AbiEncoder;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Hex;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;

/** Orders as structs of the hub's interface; other contracts take the same structs. */
public final class AbiOrders {
  /** Type of an app order in a function's signature. */
  public static final String APP_ORDER =
      "(address,uint256,uint256,bytes32,address,address,address,bytes32,bytes)";

  /** Type of a workerpool order in a function's signature. */
  public static final String WORKERPOOL_ORDER =
      "(address,uint256,uint256,bytes32,uint256,uint256,address,address,address,bytes32,bytes)";

  private AbiOrders() {}

  public static AbiEncoder of(AppOrder order) {
    return new AbiEncoder()
        .address(order.app())
        .uint(order.price().nano())
        .uint(order.volume())
        .word(order.tag().bytes())
        .address(order.datasetRestrict())
        .address(order.workerpoolRestrict())
        .address(order.requesterRestrict())
        .word(order.salt().bytes())
        .bytes(order.sign().bytes());
  }

  static AbiEncoder of(DatasetOrder order) {
    return new AbiEncoder()
        .address(order.dataset())
        .uint(order.price().nano())
        .uint(order.volume())
        .word(order.tag().bytes())
        .address(order.appRestrict())
        .address(order.workerpoolRestrict())
        .address(order.requesterRestrict())
        .word(order.salt().bytes())
        .bytes(order.sign().bytes());
  }

  public static AbiEncoder of(WorkerpoolOrder order) {
    return new AbiEncoder()
        .address(order.workerpool())
        .uint(order.price().nano())
        .uint(order.volume())
        .word(order.tag().bytes())
        .uint(order.categoryId())
        .uint(order.trust())
        .address(order.appRestrict())
        .address(order.datasetRestrict())
        .address(order.requesterRestrict())
        .word(order.salt().bytes())
        .bytes(order.sign().bytes());
  }

  /**
   * The request in a struct.
   *
   * @throws IllegalArgumentException when a value is wider than any order of ours
   */
  static RequestOrder request(AbiDecoder data) {
    return new RequestOrder(
        data.address(),
        new TokenAmount(data.uint()),
        data.address(),
        new TokenAmount(data.uint()),
        data.address(),
        new TokenAmount(data.uint()),
        data.address(),
        data.cappedLong(),
        new Tag(Hex.encode(data.word())),
        data.cappedLong(),
        data.cappedLong(),
        data.address(),
        data.address(),
        data.text(),
        Salt.of(data.word()),
        Signature.of(data.bytes()));
  }

  static AbiEncoder of(RequestOrder order) {
    return new AbiEncoder()
        .address(order.app())
        .uint(order.appMaxPrice().nano())
        .address(order.dataset())
        .uint(order.datasetMaxPrice().nano())
        .address(order.workerpool())
        .uint(order.workerpoolMaxPrice().nano())
        .address(order.requester())
        .uint(order.volume())
        .word(order.tag().bytes())
        .uint(order.categoryId())
        .uint(order.trust())
        .address(order.beneficiary())
        .address(order.callback())
        .text(order.params())
        .word(order.salt().bytes())
        .bytes(order.sign().bytes());
  }
}
