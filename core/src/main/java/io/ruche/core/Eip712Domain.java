package io.ruche.core;

import java.nio.charset.StandardCharsets;

/**
 * The EIP-712 domain of a hub: orders signed for one chain and hub are void on every other.
 *
 * <p>Source: EIP-712; name and version are those of the PoCo v5 interface.
 */
public record Eip712Domain(String name, String version, long chainId, Address verifyingContract) {
  private static final byte[] TYPE_HASH = Keccak.hashText(
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

  public static Eip712Domain ofHub(long chainId, Address hub) {
    return new Eip712Domain("iExecODB", "5.0.0", chainId, hub);
  }

  public byte[] separator() {
    return Keccak.hash(
        TYPE_HASH,
        Keccak.hashText(name),
        Keccak.hashText(version),
        Words.uint256(chainId),
        Words.address(verifyingContract));
  }

  /** The hash that is signed for a struct of this domain. */
  public byte[] typedDataHash(byte[] structHash) {
    return Keccak.hash(
        "\u0019\u0001".getBytes(StandardCharsets.ISO_8859_1), separator(), structHash);
  }
}
