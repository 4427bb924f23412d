package io.ruche.cli.wallet;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.chain.wallet.WalletFolder;
import io.ruche.cli.Session;
import io.ruche.cli.output.Reason;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The wallets that a call may use: those of the home by name, any other by its key file. */
public final class Wallets {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_KEY_FILE_BYTES = 65_536;

  private final Session session;
  private final Passwords passwords;

  public Wallets(Session session) {
    this.session = session;
    this.passwords = new Passwords(session);
  }

  /** A wallet of the home; its address is known without the password. */
  public record Named(String name, Address address, Path file) {}

  /** The wallet that the settings choose, opened. */
  public Wallet open() {
    return open(session.settings().wallet());
  }

  /** A wallet by its name in the home, or by its key file. */
  public Wallet open(String chosen) {
    if (isFile(chosen)) {
      return Keystore.open(text(Path.of(chosen)), passwords.ask(chosen));
    }
    if (!folder().has(chosen)) {
      throw unknown(chosen);
    }
    return folder().open(chosen, passwords.ask(chosen));
  }

  /** The address of the chosen wallet, without opening it. */
  public Address address() {
    var chosen = session.settings().wallet();
    if (isFile(chosen)) {
      return addressIn(Path.of(chosen));
    }
    if (!folder().has(chosen)) {
      throw unknown(chosen);
    }
    return addressIn(fileOf(chosen));
  }

  /**
   * A key file for a program of its own, with the password that opens it.
   *
   * @param name of the wallet, usable as a folder's name
   */
  public record ProcessKey(String name, Path file, Secret password) {
    /** The password as the program takes it: a variable, which no process list shows. */
    public Map<String, String> environment(String variable) {
      return Map.of(variable, password.reveal());
    }
  }

  /** The chosen wallet for a program that opens it itself; a wrong password fails here. */
  public ProcessKey keyForProcess() {
    var chosen = session.settings().wallet();
    if (!isFile(chosen) && !folder().has(chosen)) {
      throw unknown(chosen);
    }
    var file = isFile(chosen) ? Path.of(chosen).toAbsolutePath() : fileOf(chosen);
    var password = passwords.ask(chosen);
    Keystore.open(text(file), password);
    var name = String.valueOf(file.getFileName()).replaceAll("\\.json$", "");
    return new ProcessKey(name, file, password);
  }

  public List<Named> all() {
    return folder().names().stream()
        .map(name -> new Named(name, addressIn(fileOf(name)), fileOf(name)))
        .toList();
  }

  /** Keeps a new wallet under a name that is free. */
  Named save(String name, Wallet wallet) {
    session.home().create();
    if (folder().has(name)) {
      throw new RucheException(
          "WALLET_EXISTS",
          "the home has a wallet named %s already (%s)."
              .formatted(name, addressIn(fileOf(name)).checksummed()),
          "Choose another name.",
          false);
    }
    folder().save(name, wallet, passwords.choose(name), Keystore.Cost.STANDARD);
    return new Named(name, wallet.address(), fileOf(name));
  }

  WalletFolder folder() {
    return new WalletFolder(session.home().wallets());
  }

  private Path fileOf(String name) {
    return session.home().wallets().resolve(name + ".json");
  }

  private static boolean isFile(String chosen) {
    return chosen.contains("/") || chosen.endsWith(".json");
  }

  private RucheException unknown(String name) {
    var known = folder().names();
    return new RucheException(
        "WALLET_UNKNOWN",
        "there is no wallet named %s in %s; %s."
            .formatted(
                name,
                session.home().wallets(),
                known.isEmpty() ? "there is none yet" : "known are: " + String.join(", ", known)),
        "Create it with `ruche wallet create %s`%s."
            .formatted(name, known.isEmpty() ? "" : ", or choose one with --wallet"),
        false);
  }

  private static Address addressIn(Path file) {
    try {
      return new Address("0x" + JSON.readTree(text(file)).path("address").asText());
    } catch (JacksonException | IllegalArgumentException e) {
      throw new RucheException(
          "KEY_FILE_BROKEN",
          "the key file %s names no address.".formatted(file),
          "Restore it from a backup or import the key again.",
          false,
          e);
    }
  }

  static String text(Path file) {
    try {
      if (Files.size(file) > MAX_KEY_FILE_BYTES) {
        throw new IOException("it is larger than 64 KiB");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new RucheException(
          "WALLET_STORE",
          "cannot read the key file %s: %s.".formatted(file, Reason.of(e)),
          "Check its name and who may read it.",
          false,
          e);
    }
  }
}
