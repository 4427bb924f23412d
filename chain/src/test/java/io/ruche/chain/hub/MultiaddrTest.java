package io.ruche.chain.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Hex;
import org.junit.jupiter.api.Test;

class MultiaddrTest {
  @Test
  void plainTextIsTheLocation() {
    var url = "https://example.org/app.wasm?x=é";
    assertThat(Multiaddr.locationOf(Multiaddr.bytesOf(url))).isEqualTo(url);
    assertThat(Multiaddr.locationOf(new byte[0])).isEmpty();
  }

  @Test
  void binaryContentIdOfVersion0IsWrittenInBase58() {
    // The empty UnixFS directory, as every IPFS node knows it.
    var multihash = "122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef";
    assertThat(Multiaddr.locationOf(Hex.decode("0xa50322" + multihash)))
        .isEqualTo("/ipfs/QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
  }

  @Test
  void binaryContentIdOfVersion1IsWrittenInBase32() {
    // sha2-256 of "hello world" as a raw leaf.
    var cid = "01551220b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    assertThat(Multiaddr.locationOf(Hex.decode("0xa50324" + cid)))
        .isEqualTo("/ipfs/bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
  }

  @Test
  void whatCannotBeReadIsShownAsHex() {
    assertThat(Multiaddr.locationOf(Hex.decode("0xa50322ff"))).isEqualTo("0xa50322ff");
    assertThat(Multiaddr.locationOf(Hex.decode("0x0001"))).isEqualTo("0x0001");
  }
}
