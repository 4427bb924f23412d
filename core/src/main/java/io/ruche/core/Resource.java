package io.ruche.core;

/** A priced resource inside a deal; the zero address stands for "no dataset". */
public record Resource(Address address, Address owner, TokenAmount price) {
  public static final Resource NONE = new Resource(Address.ZERO, Address.ZERO, TokenAmount.ZERO);

  public boolean isPresent() {
    return !address.isZero();
  }
}
