package io.ruche.core;

/**
 * A requester's demand: {@code volume} tasks of an app on a dataset, at most at these prices per
 * task.
 *
 * @param workerpool the only pool (or ERC-734 group) that may serve it; zero means any
 * @param params what the tasks are told, see {@link DealParams}
 */
public record RequestOrder(
    Address app,
    TokenAmount appMaxPrice,
    Address dataset,
    TokenAmount datasetMaxPrice,
    Address workerpool,
    TokenAmount workerpoolMaxPrice,
    Address requester,
    long volume,
    Tag tag,
    long categoryId,
    long trust,
    Address beneficiary,
    Address callback,
    String params,
    Salt salt,
    Signature sign)
    implements Order {
  public static final String TYPE =
      "RequestOrder(address app,uint256 appmaxprice,address dataset,uint256 datasetmaxprice,"
          + "address workerpool,uint256 workerpoolmaxprice,address requester,uint256 volume,"
          + "bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,"
          + "string params,bytes32 salt)";
  private static final byte[] TYPE_HASH = Keccak.hashText(TYPE);

  public RequestOrder {
    Orders.requireVolume(volume);
  }

  @Override
  public byte[] structHash() {
    return Keccak.hash(
        TYPE_HASH,
        Words.address(app),
        Words.uint256(appMaxPrice.nano()),
        Words.address(dataset),
        Words.uint256(datasetMaxPrice.nano()),
        Words.address(workerpool),
        Words.uint256(workerpoolMaxPrice.nano()),
        Words.address(requester),
        Words.uint256(volume),
        tag.bytes(),
        Words.uint256(categoryId),
        Words.uint256(trust),
        Words.address(beneficiary),
        Words.address(callback),
        Keccak.hashText(params),
        salt.bytes());
  }

  @Override
  public RequestOrder withSignature(Signature signature) {
    return new RequestOrder(
        app,
        appMaxPrice,
        dataset,
        datasetMaxPrice,
        workerpool,
        workerpoolMaxPrice,
        requester,
        volume,
        tag,
        categoryId,
        trust,
        beneficiary,
        callback,
        params,
        salt,
        signature);
  }
}
