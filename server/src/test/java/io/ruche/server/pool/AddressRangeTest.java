package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
  private static String range(String address) throws Exception {
    return AddressRange.of(new InetSocketAddress(InetAddress.getByName(address), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.0/24",
    "192.0.2.255, 192.0.2.0/24",
    "192.0.3.7, 192.0.3.0/24",
    "2001:db8:1:2::3, 2001:db8:1:0:0:0:0:0/48",
    "2001:db8:1:ffff::1, 2001:db8:1:0:0:0:0:0/48",
    "::ffff:192.0.2.9, 192.0.2.0/24"
  })
  void addressesThatAreLikelyOnePersonsAreOneRange(String address, String range) throws Exception {
    assertThat(range(address)).isEqualTo(range);
  }

  @Test
  void loopbackAndUnknownAddressesSayNothing() throws Exception {
    assertThat(range("127.0.0.1")).isEmpty();
    assertThat(range("::1")).isEmpty();
    assertThat(AddressRange.of(null)).isEmpty();
    assertThat(AddressRange.of(InetSocketAddress.createUnresolved("host", 1))).isEmpty();
  }
}
