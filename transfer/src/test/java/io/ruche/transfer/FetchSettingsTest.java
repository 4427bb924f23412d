package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchSettingsTest {
  @Test
  void defaultsTrustNobody() {
    var settings = FetchSettings.defaults();

    assertThat(settings.allowPrivateAddresses()).isFalse();
    assertThat(settings.allowFileUrls()).isFalse();
    assertThat(settings.ipfsGateways()).isEmpty();
    assertThat(settings.maxBytes()).isEqualTo(8L << 30);
  }

  @Test
  void eachChangeKeepsTheRest() {
    var gateway = URI.create("http://127.0.0.1:1");
    var timeouts =
        new FetchSettings.Timeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));

    var settings = FetchSettings.development()
        .withIpfsGateways(List.of(gateway))
        .withMaxBytes(7)
        .withTimeouts(timeouts);

    assertThat(settings)
        .isEqualTo(new FetchSettings(
            true, true, List.of(gateway), 7, 5, FetchSettings.defaults().retries(), timeouts));
  }

  @Test
  void senselessValuesAreRefused() {
    assertThatThrownBy(() -> FetchSettings.defaults().withMaxBytes(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new FetchSettings.Retries(0, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
