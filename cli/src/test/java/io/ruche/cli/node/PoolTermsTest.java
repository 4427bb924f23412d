package io.ruche.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.Address;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PoolTermsTest {
  private static final URI ORIGIN = URI.create("https://pool.example");
  private static final Address HUB = new Address("0x0165878A594ca255338adfa4d48449f69242Eb8F");
  private static final Address POOL = new Address("0xba05c5baBCD7eF1584cEdA546c775C830eE0e08A");

  @Test
  void statusOfAPoolSaysWhoItIsAndWhatItAdvises() throws Exception {
    var terms = PoolTerms.of(ORIGIN, new JsonMapper().readTree("""
        {"ok": true, "chainId": 7, "hub": "%s", "rpc": "https://node.example",
         "pool": {"workerpool": "%s", "workers": 3}}""".formatted(HUB, POOL)));

    assertThat(terms)
        .isEqualTo(new PoolTerms(ORIGIN, 7, HUB, POOL, URI.create("https://node.example")));
  }

  @Test
  void poolMayAdviseNoNode() throws Exception {
    var terms = PoolTerms.of(ORIGIN, new JsonMapper().readTree("""
        {"chainId": 7, "hub": "%s", "pool": {"workerpool": "%s"}}""".formatted(HUB, POOL)));

    assertThat(terms.rpc()).isNull();
  }

  @Test
  void serverWithoutAPoolIsNone() throws Exception {
    var status = new JsonMapper().readTree("{\"chainId\": 7, \"hub\": \"%s\"}".formatted(HUB));

    assertThatThrownBy(() -> PoolTerms.of(ORIGIN, status))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
