package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Eip712Domain;
import io.ruche.core.OrderHash;
import io.ruche.core.Signature;
import java.util.Optional;

/**
 * What is read on the hub before anything is signed. Answers are those of one recent block; another
 * transaction may change them before ours is included, and the hub then refuses it.
 */
public interface ChainView {
  Eip712Domain domain();

  /** How many tasks of an order are used up; its whole volume after it was closed. */
  long consumed(OrderHash order);

  /** True when the owner signed the order, or pre-signed it on chain. */
  boolean isSigned(Address owner, OrderHash order, Signature signature);

  /** True when {@code restriction} is a group contract that lists the account. */
  boolean isMember(Address restriction, Address account);

  Account account(Address owner);

  /** Empty when the hub has no such category. */
  Optional<Category> category(long id);
}
