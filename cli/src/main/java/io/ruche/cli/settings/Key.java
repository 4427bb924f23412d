package io.ruche.cli.settings;

import java.util.Arrays;
import java.util.Optional;

/** The settings of the command line: by flag, environment or settings file, in that order. */
public enum Key {
  HOME("home", "--home", "RUCHE_HOME", "folder with wallets, settings and state"),
  NETWORK(
      "network", "--network", "RUCHE_NETWORK", "file that says where chain, hub and market are"),
  WALLET("wallet", "--wallet", "RUCHE_WALLET", "wallet that signs: a name in the home, or a file"),
  PASSWORD_FILE(
      "passwordFile", "--password-file", "RUCHE_PASSWORD_FILE", "file with the wallet's password"),
  OUTPUT("output", "--output", "RUCHE_OUTPUT", "table, json or quiet");

  private final String fileKey;
  private final String flag;
  private final String variable;
  private final String meaning;

  Key(String fileKey, String flag, String variable, String meaning) {
    this.fileKey = fileKey;
    this.flag = flag;
    this.variable = variable;
    this.meaning = meaning;
  }

  public String fileKey() {
    return fileKey;
  }

  public String flag() {
    return flag;
  }

  public String variable() {
    return variable;
  }

  public String meaning() {
    return meaning;
  }

  static Optional<Key> ofFileKey(String name) {
    return Arrays.stream(values()).filter(key -> key.fileKey.equals(name)).findFirst();
  }
}
