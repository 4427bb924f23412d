package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.Sha256;
import io.ruche.core.TokenAmount;
import java.util.List;

/**
 * Transactions of the signing wallet. Each call returns once its effect is on chain, and does
 * nothing when the effect is there already.
 */
public interface Transactions {
  /** Who signs them. */
  Address wallet();

  /** Matches four signed orders; the deal's id follows from the request order. */
  void match(Lot lot, SignedRequest request);

  /** As {@link #match}, but the wallet pays for the requester. */
  void sponsor(Lot lot, SignedRequest request);

  void deposit(TokenAmount amount);

  void withdraw(TokenAmount amount);

  /**
   * Takes the money back for tasks that missed their final deadline.
   *
   * @param started indexes of tasks that were initialised
   * @param unset indexes of tasks that nobody initialised
   */
  void claim(Deal deal, List<Long> started, List<Long> unset);

  Address createApp(String name, String type, String location, Sha256 checksum);

  Address createDataset(String name, String location, Sha256 checksum);

  Address createWorkerpool(String description);
}
