package io.ruche.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {
  /** Test vector of the Web3 Secret Storage Definition. */
  private static final String PUBLISHED_PBKDF2 = """
      {"crypto":{"cipher":"aes-128-ctr",
        "cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
        "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
        "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
       "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""";

  /** The same key, written by Foundry's cast 1.7.1. */
  private static final String BY_CAST = """
      {"crypto":{"cipher":"aes-128-ctr",
        "cipherparams":{"iv":"bd5776000b5c08fbc9fe3b0350fdf5af"},
        "ciphertext":"72af4c79b03983b59b33addf64f7e20583a385b5596a28c6844b7221b9bf6179",
        "kdf":"scrypt","kdfparams":{"dklen":32,"n":8192,"p":1,"r":8,
        "salt":"bb1ca13aa6d881e5aaa7e790ad902192e5a573ee6dca29086341d1b47b39dce1"},
        "mac":"b3a10860ebb483328988e2c69465367b86802fee836cd532959b8bf798b8cd9c"},
       "id":"ad8906af-f125-4a2e-8373-8bcf08793a2c","version":3}""";

  private static final Wallet PUBLISHED = Wallet.of(PrivateKey.parse(
      Secret.of("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d")));
  private static final Secret PASSWORD = Secret.of("testpassword");

  @TempDir
  Path folder;

  @Test
  void keyFilesOfOtherToolsOpen() {
    assertThat(Keystore.open(PUBLISHED_PBKDF2, PASSWORD).address()).isEqualTo(PUBLISHED.address());
    assertThat(Keystore.open(BY_CAST, PASSWORD).address()).isEqualTo(PUBLISHED.address());
  }

  @Test
  void writtenKeyFileOpensWithItsPasswordOnly() {
    var file = Keystore.encrypt(PUBLISHED, PASSWORD, Keystore.Cost.LIGHT);

    assertThat(Keystore.open(file, PASSWORD).address()).isEqualTo(PUBLISHED.address());
    assertThatThrownBy(() -> Keystore.open(file, Secret.of("testpasswore")))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("WRONG_PASSWORD"));
  }

  @Test
  void brokenKeyFileIsNotTakenForAWrongPassword() {
    for (var broken : new String[] {
      "",
      "{}",
      BY_CAST.replace("\"version\":3", "\"version\":1"),
      BY_CAST.replace("\"n\":8192", "\"n\":1073741824"),
      BY_CAST.replace("scrypt", "argon2"),
      BY_CAST.replace("72af", "zzaf"),
      BY_CAST.replace("aes-128-ctr", "aes-128-cbc")
    }) {
      assertThatThrownBy(() -> Keystore.open(broken, PASSWORD))
          .as(broken)
          .isInstanceOfSatisfying(
              RucheException.class, e -> assertThat(e.code()).isEqualTo("KEY_FILE_BROKEN"));
    }
  }

  @Test
  void folderKeepsWalletsByNameForTheirOwnerAlone() throws IOException {
    var wallets = new WalletFolder(folder.resolve("wallets"));
    wallets.save("alice", PUBLISHED, PASSWORD, Keystore.Cost.LIGHT);

    assertThat(wallets.names()).containsExactly("alice");
    assertThat(wallets.open("alice", PASSWORD).address()).isEqualTo(PUBLISHED.address());
    var file = folder.resolve("wallets").resolve("alice.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> wallets.save("alice", PUBLISHED, PASSWORD, Keystore.Cost.LIGHT))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("WALLET_EXISTS"));
    assertThatThrownBy(() -> wallets.open("bob", PASSWORD)).hasMessageContaining("alice");
    assertThatThrownBy(() -> wallets.open("../alice", PASSWORD))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("WALLET_NAME"));
  }
}
