package io.ruche.core;

/** An app owner's offer; a zero address in a restriction means anybody. */
public record AppOrder(
    Address app,
    TokenAmount price,
    long volume,
    Tag tag,
    Address datasetRestrict,
    Address workerpoolRestrict,
    Address requesterRestrict,
    Salt salt,
    Signature sign)
    implements Order {
  public static final String TYPE =
      "AppOrder(address app,uint256 appprice,uint256 volume,bytes32 tag,address datasetrestrict,"
          + "address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
  private static final byte[] TYPE_HASH = Keccak.hashText(TYPE);

  public AppOrder {
    Orders.requireVolume(volume);
  }

  @Override
  public byte[] structHash() {
    return Keccak.hash(
        TYPE_HASH,
        Words.address(app),
        Words.uint256(price.nano()),
        Words.uint256(volume),
        tag.bytes(),
        Words.address(datasetRestrict),
        Words.address(workerpoolRestrict),
        Words.address(requesterRestrict),
        salt.bytes());
  }

  @Override
  public AppOrder withSignature(Signature signature) {
    return new AppOrder(
        app,
        price,
        volume,
        tag,
        datasetRestrict,
        workerpoolRestrict,
        requesterRestrict,
        salt,
        signature);
  }
}
