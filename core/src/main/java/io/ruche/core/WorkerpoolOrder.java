package io.ruche.core;

/**
 * A pool's offer to run tasks of one category.
 *
 * @param categoryId the only category it serves
 * @param trust the highest trust that a request may ask of it
 */
public record WorkerpoolOrder(
    Address workerpool,
    TokenAmount price,
    long volume,
    Tag tag,
    long categoryId,
    long trust,
    Address appRestrict,
    Address datasetRestrict,
    Address requesterRestrict,
    Salt salt,
    Signature sign)
    implements Order {
  public static final String TYPE =
      "WorkerpoolOrder(address workerpool,uint256 workerpoolprice,uint256 volume,bytes32 tag,"
          + "uint256 category,uint256 trust,address apprestrict,address datasetrestrict,"
          + "address requesterrestrict,bytes32 salt)";
  private static final byte[] TYPE_HASH = Keccak.hashText(TYPE);

  public WorkerpoolOrder {
    Orders.requireVolume(volume);
  }

  @Override
  public byte[] structHash() {
    return Keccak.hash(
        TYPE_HASH,
        Words.address(workerpool),
        Words.uint256(price.nano()),
        Words.uint256(volume),
        tag.bytes(),
        Words.uint256(categoryId),
        Words.uint256(trust),
        Words.address(appRestrict),
        Words.address(datasetRestrict),
        Words.address(requesterRestrict),
        salt.bytes());
  }

  @Override
  public WorkerpoolOrder withSignature(Signature signature) {
    return new WorkerpoolOrder(
        workerpool,
        price,
        volume,
        tag,
        categoryId,
        trust,
        appRestrict,
        datasetRestrict,
        requesterRestrict,
        salt,
        signature);
  }
}
