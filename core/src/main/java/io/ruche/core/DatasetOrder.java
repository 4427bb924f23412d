package io.ruche.core;

/** A dataset owner's offer; {@link #NONE} stands for a deal without a dataset. */
public record DatasetOrder(
    Address dataset,
    TokenAmount price,
    long volume,
    Tag tag,
    Address appRestrict,
    Address workerpoolRestrict,
    Address requesterRestrict,
    Salt salt,
    Signature sign)
    implements Order {
  public static final String TYPE =
      "DatasetOrder(address dataset,uint256 datasetprice,uint256 volume,bytes32 tag,"
          + "address apprestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
  private static final byte[] TYPE_HASH = Keccak.hashText(TYPE);

  public static final DatasetOrder NONE = new DatasetOrder(
      Address.ZERO,
      TokenAmount.ZERO,
      0,
      Tag.NONE,
      Address.ZERO,
      Address.ZERO,
      Address.ZERO,
      new Salt("0x" + "0".repeat(64)),
      Signature.EMPTY);

  public DatasetOrder {
    Orders.requireVolume(volume);
  }

  @Override
  public byte[] structHash() {
    return Keccak.hash(
        TYPE_HASH,
        Words.address(dataset),
        Words.uint256(price.nano()),
        Words.uint256(volume),
        tag.bytes(),
        Words.address(appRestrict),
        Words.address(workerpoolRestrict),
        Words.address(requesterRestrict),
        salt.bytes());
  }

  @Override
  public DatasetOrder withSignature(Signature signature) {
    return new DatasetOrder(
        dataset,
        price,
        volume,
        tag,
        appRestrict,
        workerpoolRestrict,
        requesterRestrict,
        salt,
        signature);
  }
}
