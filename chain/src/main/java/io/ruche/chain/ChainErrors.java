package io.ruche.chain;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every failure of this module, with its stable code, in one place. */
public final class ChainErrors {
  /** Chains on which the published development keys may be used. */
  public static final List<Long> DEVELOPMENT_CHAINS = List.of(31_337L, 65_535L);

  private static final String REFUSED = " was refused by the contract: ";

  private ChainErrors() {}

  public static RucheException unreachable(String endpoint, String why, @Nullable Throwable cause) {
    return new RucheException(
        "CHAIN_UNREACHABLE",
        "no answer from the chain node at %s: %s.".formatted(endpoint, why),
        "Check that the node runs and the address is right (`ruche status`).",
        true,
        cause);
  }

  public static RucheException wrongChain(String endpoint, long expected, long found) {
    return new RucheException(
        "CHAIN_ID_MISMATCH",
        "the node at %s serves chain %d, expected chain %d.".formatted(endpoint, found, expected),
        "Point the setting at a node of chain %d.".formatted(expected),
        false);
  }

  public static RucheException rpc(String method, long code, String message) {
    return new RucheException(
        "RPC_ERROR",
        "the chain node refused %s: %s (code %d).".formatted(method, message, code),
        "",
        false);
  }

  /** An answer that no honest node gives: wrong shape, wrong id, too large. */
  public static RucheException badAnswer(String method, String why, @Nullable Throwable cause) {
    return new RucheException(
        "RPC_BAD_ANSWER",
        "the chain node's answer to %s cannot be used: %s.".formatted(method, why),
        "Use another node if this goes on.",
        true,
        cause);
  }

  public static RucheException reverted(String what, String reason) {
    return new RucheException("TX_REVERTED", what + REFUSED + reason + ".", "", false);
  }

  /** The contract's reason alone, out of an exception made by {@link #reverted}. */
  public static String reasonIn(RucheException e) {
    var text = String.valueOf(e.getMessage());
    int start = text.indexOf(REFUSED);
    return e.code().equals("TX_REVERTED") && start >= 0
        ? text.substring(start + REFUSED.length(), text.length() - 1)
        : text;
  }

  public static RucheException pending(String action, String problem) {
    return new RucheException(
        "TX_PENDING",
        "transaction of action %s is not on chain yet%s.".formatted(action, problem),
        "It is kept and sent again until it is; ask again with the same action.",
        true);
  }

  public static RucheException gasFundsTooLow(Address account, String nodeSays) {
    return new RucheException(
        "GAS_FUNDS_TOO_LOW",
        "account %s cannot pay for the transaction's gas: %s.".formatted(account, nodeSays),
        "Send native coin to %s (on a dev chain: `ruche account fund`).".formatted(account),
        true);
  }

  public static RucheException developmentKey(Address account, long chainId) {
    return new RucheException(
        "DEV_KEY_REFUSED",
        "account %s comes from the published development mnemonic and chain %d is no development chain %s."
            .formatted(account, chainId, DEVELOPMENT_CHAINS),
        "Create a wallet of your own with `ruche wallet create`.",
        false);
  }
}
