package io.ruche.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import io.ruche.core.Authorization;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalletTest {
  private static final Path VECTORS = Path.of("..", "contracts", "test", "data", "vectors.json");

  private static JsonNode vectors(String name) throws IOException {
    return new JsonMapper().readTree(VECTORS.toFile()).required(name);
  }

  @Test
  void mnemonicGivesTheAccountsThatOtherToolsShow() {
    assertThat(DevelopmentKeys.wallet(0).address().checksummed())
        .isEqualTo("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    assertThat(DevelopmentKeys.wallet(3).address().checksummed())
        .isEqualTo("0x90F79bf6EB2c4f870365E785982E1f101E93b906");
  }

  @Test
  void orderSignaturesEqualThoseOfAnotherImplementation() throws IOException {
    var wallets = new ArrayList<Wallet>();
    for (int i = 0; i < 10; i++) {
      wallets.add(DevelopmentKeys.wallet(i));
    }
    for (var vector : vectors("orders")) {
      var signer = new Address(vector.required("signer").asText());
      var wallet = wallets.stream().filter(w -> w.address().equals(signer)).findFirst();
      byte[] hash = Hex.decode(vector.required("orderHash").asText());
      var signature = new Signature(vector.required("signature").asText());

      assertThat(wallet.orElseThrow().signDigest(hash)).isEqualTo(signature);
      assertThat(Signatures.recover(hash, signature)).contains(signer);
    }
  }

  @Test
  void authorizationsEqualThoseOfAnotherImplementation() throws IOException {
    for (var vector : vectors("tasks")) {
      var worker = new Address(vector.required("worker").asText());
      var task = new TaskId(vector.required("taskid").asText());
      var challenge = new Address(vector.required("enclaveChallenge").asText());

      var authorization = DevelopmentKeys.wallet(3).authorize(worker, task, challenge);

      assertThat(authorization.signature().hex())
          .isEqualTo(vector.required("authorization").asText());
      assertThat(Signatures.recoverMessage(
              Authorization.message(worker, task, challenge), authorization.signature()))
          .contains(new Address(vector.required("authorizationSigner").asText()));
    }
  }

  @Test
  void compactSignatureOfEip2098IsUnderstood() {
    var wallet = DevelopmentKeys.wallet(1);
    for (var text : List.of("a", "b", "c", "d")) {
      byte[] full = wallet.signText(text).bytes();
      byte[] compact = java.util.Arrays.copyOf(full, 64);
      compact[32] |= (byte) (full[64] == 28 ? 0x80 : 0);

      assertThat(Signatures.recoverText(text, Signature.of(compact))).contains(wallet.address());
    }
  }

  @Test
  void malformedSignaturesNameNobody() {
    for (int size : List.of(0, 1, 63, 65, 66)) {
      assertThat(Signatures.recoverText("x", Signature.of(new byte[size]))).isEmpty();
    }
  }

  @Test
  void developmentKeysStayOnDevelopmentChains() {
    var wallet = DevelopmentKeys.wallet(19);

    assertThatCode(() -> wallet.requireAllowedOn(65_535)).doesNotThrowAnyException();
    assertThatCode(() -> wallet.requireAllowedOn(31_337)).doesNotThrowAnyException();
    assertThatThrownBy(() -> wallet.requireAllowedOn(42_161))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("DEV_KEY_REFUSED"));
    assertThatCode(() -> Wallet.random().requireAllowedOn(1)).doesNotThrowAnyException();
  }

  @Test
  void secretsDoNotShow() {
    assertThat(Secret.of("hunter2")).hasToString("***");
    assertThat(PrivateKey.parse(Secret.of("11".repeat(32)))).hasToString("***");
    assertThatThrownBy(() -> PrivateKey.parse(Secret.of("zz11")))
        .hasMessageNotContaining("zz11")
        .hasNoCause();
  }
}
