package io.ruche.chain.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Keccak;
import io.ruche.core.RucheException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Key files in the format of Web3 secret storage, version 3, that other Ethereum tools read and
 * write: aes-128-ctr under a key from scrypt (written and read) or pbkdf2 (read). Scrypt with a
 * block size of 1, which its specification forbids for so much work and no wallet writes, is
 * refused.
 */
public final class Keystore {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final int KEY_BYTES = 32;
  private static final long MAX_SCRYPT_BYTES = 512L << 20;
  private static final int MAX_PBKDF2_ROUNDS = 10_000_000;

  /**
   * Work of scrypt: {@link #STANDARD} as other tools use it for passwords of people, {@link #LIGHT}
   * for random passwords of 128 bits and more, dev wallets and tests.
   */
  public enum Cost {
    STANDARD(1 << 18, 8, 1),
    LIGHT(1 << 12, 8, 6);

    private final int n;
    private final int r;
    private final int p;

    Cost(int n, int r, int p) {
      this.n = n;
      this.r = r;
      this.p = p;
    }
  }

  private Keystore() {}

  /** The text of a key file for this wallet. */
  public static String encrypt(Wallet wallet, Secret password, Cost cost) {
    var random = new SecureRandom();
    byte[] salt = randomBytes(random, 32);
    byte[] iv = randomBytes(random, 16);
    byte[] derived = SCrypt.generate(utf8(password), salt, cost.n, cost.r, cost.p, KEY_BYTES);
    byte[] cipherText = aesCtr(derived, iv, wallet.key().reveal());

    var file = JSON.createObjectNode();
    file.put("version", 3);
    file.put("id", UUID.randomUUID().toString());
    file.put("address", wallet.address().hex().substring(2));
    var crypto = file.putObject("crypto");
    crypto.put("cipher", "aes-128-ctr");
    crypto.put("ciphertext", HEX.formatHex(cipherText));
    crypto.putObject("cipherparams").put("iv", HEX.formatHex(iv));
    crypto.put("kdf", "scrypt");
    var scrypt = crypto.putObject("kdfparams");
    scrypt.put("dklen", KEY_BYTES);
    scrypt.put("n", cost.n);
    scrypt.put("r", cost.r);
    scrypt.put("p", cost.p);
    scrypt.put("salt", HEX.formatHex(salt));
    crypto.put("mac", HEX.formatHex(mac(derived, cipherText)));
    return file.toPrettyString();
  }

  /** Opens a key file; a wrong password and a broken file are told apart. */
  public static Wallet open(String keyFile, Secret password) {
    try {
      var file = JSON.readTree(keyFile);
      require(file.path("version").asInt() == 3, "version", "3", file.path("version"));
      var crypto = file.has("crypto") ? file.path("crypto") : file.path("Crypto");
      var cipher = crypto.path("cipher");
      require(cipher.asText().equals("aes-128-ctr"), "cipher", "aes-128-ctr", cipher);
      byte[] derived = derive(crypto, password);
      byte[] cipherText = hex(crypto, "ciphertext");
      if (!MessageDigest.isEqual(mac(derived, cipherText), hex(crypto, "mac"))) {
        throw new RucheException(
            "WRONG_PASSWORD",
            "the password does not open the key file of %s."
                .formatted(file.path("address").asText("an unnamed account")),
            "Check the password; without it the key cannot be recovered.",
            false);
      }
      byte[] iv = hex(crypto.path("cipherparams"), "iv");
      return Wallet.of(PrivateKey.of(aesCtr(derived, iv, cipherText)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new RucheException(
          "KEY_FILE_BROKEN",
          "the key file is no Web3 secret storage file of version 3: %s.".formatted(why(e)),
          "Restore it from a backup or import the key again.",
          false,
          e);
    }
  }

  private static String why(Exception e) {
    return e instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  private static byte[] derive(JsonNode crypto, Secret password) {
    var kdf = crypto.path("kdf");
    var params = crypto.path("kdfparams");
    require(params.path("dklen").asInt() == KEY_BYTES, "dklen", "32", params.path("dklen"));
    byte[] salt = hex(params, "salt");
    return switch (kdf.asText()) {
      case "scrypt" -> scrypt(params, salt, password);
      case "pbkdf2" -> pbkdf2(params, salt, password);
      default -> throw new IllegalArgumentException("expected kdf scrypt or pbkdf2, found " + kdf);
    };
  }

  private static byte[] scrypt(JsonNode params, byte[] salt, Secret password) {
    int n = params.path("n").asInt();
    int r = params.path("r").asInt();
    int p = params.path("p").asInt();
    boolean isBounded = n > 1 && r > 0 && p > 0 && p <= 64 && 128L * n * r <= MAX_SCRYPT_BYTES;
    require(isBounded, "scrypt parameters", "at most 512 MiB of work", params);
    return SCrypt.generate(utf8(password), salt, n, r, p, KEY_BYTES);
  }

  private static byte[] pbkdf2(JsonNode params, byte[] salt, Secret password) {
    int rounds = params.path("c").asInt();
    var prf = params.path("prf");
    require(prf.asText().equals("hmac-sha256"), "prf", "hmac-sha256", prf);
    require(rounds > 0 && rounds <= MAX_PBKDF2_ROUNDS, "c", "1 to 10,000,000", params.path("c"));
    var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
    generator.init(utf8(password), salt, rounds);
    return ((KeyParameter) generator.generateDerivedMacParameters(KEY_BYTES * 8)).getKey();
  }

  private static byte[] mac(byte[] derived, byte[] cipherText) {
    return Keccak.hash(Arrays.copyOfRange(derived, 16, 32), cipherText);
  }

  private static byte[] aesCtr(byte[] derived, byte[] iv, byte[] input) {
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, 16, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the cipher parameters are no valid AES ones", e);
    }
  }

  private static byte[] hex(JsonNode node, String key) {
    var text = node.path(key).asText();
    return HEX.parseHex(text.startsWith("0x") ? text.substring(2) : text);
  }

  private static byte[] randomBytes(SecureRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] utf8(Secret password) {
    return password.reveal().getBytes(StandardCharsets.UTF_8);
  }

  private static void require(boolean holds, String what, String expected, JsonNode found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected %s %s, found %s".formatted(what, expected, found));
    }
  }
}
