package io.ruche.chain.wallet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password or mnemonic: a text that no log, message or debugger line shows. */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself; keep it out of everything that is printed or stored. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(utf8(), secret.utf8());
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }

  private byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
