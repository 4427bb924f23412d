package io.ruche.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.Words;
import java.nio.charset.StandardCharsets;

/**
 * The typed data that an order board gives to be signed before it takes an order, and the header
 * that answers it (market interface, section 4.1). Only this one type is ever signed for a board,
 * so a board cannot obtain the signature of an order.
 */
record Challenge(String name, String version, long chainId, String text) {
  private static final byte[] DOMAIN_TYPE =
      Keccak.hashText("EIP712Domain(string name,string version,uint256 chainId)");
  private static final byte[] CHALLENGE_TYPE = Keccak.hashText("Challenge(string challenge)");

  /**
   * Reads a board's answer.
   *
   * @throws IllegalArgumentException when it is no such challenge
   */
  static Challenge read(JsonNode answer) {
    var data = answer.has("data") ? answer.get("data") : answer;
    if (!data.path("primaryType").asText().equals("Challenge")) {
      throw new IllegalArgumentException(
          "expected typed data of type Challenge, found " + data.path("primaryType"));
    }
    var domain = data.required("domain");
    return new Challenge(
        domain.required("name").asText(),
        domain.required("version").asText(),
        domain.required("chainId").asLong(),
        data.required("message").required("challenge").asText());
  }

  byte[] hash() {
    byte[] separator = Keccak.hash(
        DOMAIN_TYPE, Keccak.hashText(name), Keccak.hashText(version), Words.uint256(chainId));
    byte[] message = Keccak.hash(CHALLENGE_TYPE, Keccak.hashText(text));
    return Keccak.hash("\u0019\u0001".getBytes(StandardCharsets.ISO_8859_1), separator, message);
  }

  /** Value of the Authorization header. */
  String authorization(Signer signer) {
    return "%s_%s_%s"
        .formatted(
            Hex.encode(hash()),
            signer.signDigest(hash()).hex(),
            signer.address().checksummed());
  }
}
