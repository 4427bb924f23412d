package io.ruche.cli.up;

import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.TokenAmount;

/** Who owns which account of the development mnemonic, and what it starts with. */
public enum Role {
  FAUCET("faucet", 0, "0"),
  POOL_OWNER("pool", 1, "100000"),
  REQUESTER("requester", 2, "1000"),
  APP_PROVIDER("app-provider", 3, "0"),
  DATA_PROVIDER("data-provider", 4, "0");

  private static final int FIRST_WORKER = 5;
  static final TokenAmount WORKER_DEPOSIT = TokenAmount.parse("1000");

  private final String wallet;
  private final int index;
  private final String deposit;

  Role(String wallet, int index, String deposit) {
    this.wallet = wallet;
    this.index = index;
    this.deposit = deposit;
  }

  /** Name of its wallet in the home. */
  public String wallet() {
    return wallet;
  }

  public Wallet open() {
    return DevelopmentKeys.wallet(index);
  }

  TokenAmount deposit() {
    return TokenAmount.parse(deposit);
  }

  /** Wallet of worker {@code number}, counted from 1. */
  public static Wallet worker(int number) {
    return DevelopmentKeys.wallet(FIRST_WORKER + number - 1);
  }

  static String workerWallet(int number) {
    return "worker-" + number;
  }
}
