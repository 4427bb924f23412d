package io.ruche.cli.node;

import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.OwnerOnly;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.chain.wallet.WalletFolder;
import io.ruche.cli.Session;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The wallet of a worker that may start without anybody at the keyboard: a key file, and its
 * password in a file that only the owner of the home may read.
 */
record JoinWallet(Wallet wallet, Path keyFile, Path passwordFile, boolean isNew) {
  private static final int PASSWORD_BYTES = 24;

  /** The named wallet of the home; created with a password of its own when there is none. */
  static JoinWallet take(Session session, String name) {
    var home = session.home().create();
    var folder = new WalletFolder(home.wallets());
    var own = home.wallets().resolve(name + ".password");
    if (!folder.has(name)) {
      home.ensure(home.wallets());
      var wallet = Wallet.random();
      // A password of 24 random bytes is not found by trying; each start would pay for the work.
      folder.save(name, wallet, passwordIn(own), Keystore.Cost.LIGHT);
      return new JoinWallet(wallet, keyFile(session, name), own, true);
    }
    var given = session.settings().passwordFile();
    var file = Files.exists(own) ? own : given;
    if (file == null) {
      throw new RucheException(
          "WALLET_PASSWORD_MISSING",
          "wallet %s exists, and the file with its password is not known.".formatted(name),
          "Name it with --password-file: a worker starts with nobody at the keyboard.",
          false);
    }
    var wallet = folder.open(name, Secret.of(read(file)));
    return new JoinWallet(wallet, keyFile(session, name), file, false);
  }

  private static Path keyFile(Session session, String name) {
    return session.home().wallets().resolve(name + ".json");
  }

  /** Written before the wallet is: a wallet whose password is lost is worth nothing. */
  private static Secret passwordIn(Path file) {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    try {
      create(file);
      Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    } catch (FileAlreadyExistsException e) {
      // Left by a call that ended between the two files.
    } catch (IOException e) {
      throw unusable(file, e);
    }
    return Secret.of(read(file));
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.createFile(file, OwnerOnly.in(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static RucheException unusable(Path file, IOException cause) {
    return new RucheException(
        "WALLET_STORE",
        "cannot use the password file %s: %s.".formatted(file, cause),
        "Check who may read and write it.",
        false,
        cause);
  }
}
