package io.ruche.server.pool;

import io.ruche.core.Address;

/**
 * Who is at the other end of a session.
 *
 * @param machine whose key signs
 * @param worker who the hub sees: the machine itself, or the account that lists it
 */
public record Who(Address machine, Address worker) {
  boolean isOfAccount() {
    return !machine.equals(worker);
  }
}
