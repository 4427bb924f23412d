package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Sha256;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.util.List;

/**
 * Transactions of the signing wallet. Each call returns once its effect is on chain, and does
 * nothing when the effect is there already.
 */
public interface Transactions {
  /** Matches four signed orders; the deal's id follows from the request order. */
  void match(Lot lot, SignedRequest request);

  void deposit(TokenAmount amount);

  void withdraw(TokenAmount amount);

  /** Takes the money back for tasks that missed their final deadline. */
  void claim(List<TaskId> tasks);

  Address createApp(String name, String type, String location, Sha256 checksum);

  Address createDataset(String name, String location, Sha256 checksum);
}
