package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Digest;
import io.ruche.core.Keccak;
import io.ruche.core.Sha256;

/** Actors, resources and digests with plain names. */
public final class Sample {
  public static final Address APP = address(0xa0);
  public static final Address APP_OWNER = address(0xa1);
  public static final Address DATASET = address(0xd0);
  public static final Address DATASET_OWNER = address(0xd1);
  public static final Address POOL = address(0xb0);
  public static final Address POOL_OWNER = address(0xb1);
  public static final Address REQUESTER = address(0xc1);

  private static final int FIRST_WORKER = 0x1000;

  private Sample() {}

  public static Address worker(int number) {
    return address(FIRST_WORKER + number);
  }

  public static Address address(int number) {
    return new Address("0x%040x".formatted(number));
  }

  /** keccak256 of the text. */
  public static Digest digest(String text) {
    return Digest.of(Keccak.hashText(text));
  }

  public static App app(String type) {
    return new App(APP, APP_OWNER, "sample", type, "http://example.invalid/app", Sha256.ABSENT);
  }
}
