package io.ruche.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateLimit limit = new RateLimit(60, nanos::get);

  @Test
  void minuteOfActionsMayComeAtOnceButNotMore() {
    for (int i = 0; i < 60; i++) {
      assertThat(limit.tryTake("a")).isTrue();
    }

    assertThat(limit.tryTake("a")).isFalse();
    assertThat(limit.tryTake("b")).as("another caller").isTrue();
  }

  @Test
  void actionsComeBackWithTime() {
    for (int i = 0; i < 60; i++) {
      limit.tryTake("a");
    }

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));

    assertThat(limit.tryTake("a")).isTrue();
    assertThat(limit.tryTake("a")).isTrue();
    assertThat(limit.tryTake("a")).isFalse();
  }

  @Test
  void networkOfIpv6IsOneCaller() {
    assertThat(RateLimit.callerOf("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(RateLimit.callerOf("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(RateLimit.callerOf("2001:db8:1:3::1"));
    assertThat(RateLimit.callerOf("192.0.2.1")).isNotEqualTo(RateLimit.callerOf("192.0.2.2"));
  }
}
