package io.ruche.cli.up;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.OwnerOnly;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.chain.wallet.WalletFolder;
import io.ruche.cli.settings.Home;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Key files of the development accounts in a home, all under one random password kept beside them.
 * The keys are public knowledge; the files are there because every process reads its key from one.
 */
final class DevWallets {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PASSWORD_BYTES = 16;

  private final Home home;
  private final WalletFolder folder;

  DevWallets(Home home) {
    this.home = home;
    this.folder = new WalletFolder(home.wallets());
  }

  /** File with the password in its first line. */
  Path passwordFile() {
    return home.developmentPassword();
  }

  Path keyFile(String name) {
    return home.wallets().resolve(name + ".json");
  }

  /** Writes the key files that are missing. */
  void ensure(int workers) {
    try {
      var password = password();
      for (var role : Role.values()) {
        ensure(role.wallet(), role.open(), password);
      }
      for (int number = 1; number <= workers; number++) {
        ensure(Role.workerWallet(number), Role.worker(number), password);
      }
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot write the development wallets of %s: %s".formatted(home.folder(), e),
          "Free some space or choose another --home.",
          false,
          e);
    }
  }

  private Secret password() throws IOException {
    if (!Files.exists(passwordFile())) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Files.createFile(passwordFile(), OwnerOnly.in(passwordFile()));
      Files.writeString(passwordFile(), HexFormat.of().formatHex(random) + "\n");
    }
    return Secret.of(Files.readString(passwordFile()).strip());
  }

  private void ensure(String name, Wallet wallet, Secret password) throws IOException {
    if (!folder.has(name)) {
      folder.save(name, wallet, password, Keystore.Cost.LIGHT);
      return;
    }
    var found = JSON.readTree(Files.readString(keyFile(name))).path("address").asText();
    if (!wallet.address().hex().equals("0x" + found)) {
      throw new RucheException(
          "WALLET_EXISTS",
          "the home has a wallet named %s with address 0x%s, expected the development account %s."
              .formatted(name, found, wallet.address()),
          "Start the network in another --home.",
          false);
    }
  }
}
