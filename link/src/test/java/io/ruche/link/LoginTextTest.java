package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import org.junit.jupiter.api.Test;

class LoginTextTest {
  private static final FromPool.Challenge CHALLENGE =
      (FromPool.Challenge) Samples.fromPool().getFirst();
  private static final Address MACHINE = new Address("0x" + "4e".repeat(20));

  @Test
  void aWalletsTextIsAsItAlwaysWas() {
    assertThat(LoginText.of(CHALLENGE, Samples.WORKER, Samples.WORKER)).isEqualTo("""
        Ruche worker login
        version: 1
        chain: 65535
        hub: 0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        workerpool: 0x9090909090909090909090909090909090909090
        worker: 0x3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f
        nonce: n0nce""");
  }

  @Test
  void aMachinesTextNamesBoth() {
    assertThat(LoginText.of(CHALLENGE, Samples.WORKER, MACHINE))
        .contains("worker: " + Samples.WORKER + "\nmachine: " + MACHINE + "\nnonce: n0nce");
  }
}
