package io.ruche.chain.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.abi.AbiEncoder;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.RawLog;
import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.Hex;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubEventsTest {
  private static final Address ANYBODY = new Address("0x" + "11".repeat(20));

  private static RequestOrder request(Signature signature) {
    var one = TokenAmount.ofNano(1);
    return new RequestOrder(
        ANYBODY,
        one,
        Address.ZERO,
        TokenAmount.ZERO,
        Address.ZERO,
        one,
        ANYBODY,
        1,
        Tag.NONE,
        2,
        3,
        ANYBODY,
        ANYBODY,
        "{\"iexec_args\":\"0x00\"}",
        new Salt("0x" + "22".repeat(32)),
        signature);
  }

  private static RawLog broadcast(byte[] data) {
    return new RawLog(
        ANYBODY,
        List.of(HubAbi.REQUEST_BROADCAST.topic()),
        Hex.encode(data),
        new BlockRef(1, BlockHash.of(new byte[32])),
        TxHash.of(new byte[32]),
        0);
  }

  @Test
  void anAnnouncedRequestIsReadAsItWasWritten() {
    var order = request(Signature.EMPTY);
    var log = broadcast(new AbiEncoder().tuple(AbiOrders.of(order)).toBytes());

    assertThat(HubEvents.decode(log))
        .hasValueSatisfying(
            event -> assertThat(((HubEvent.RequestBroadcast) event).order()).isEqualTo(order));
  }

  /** Anybody can announce anything: it must not stop who follows the hub. */
  @Test
  void anAnnouncementThatMakesNoSenseIsSkipped() {
    byte[] whole =
        new AbiEncoder().tuple(AbiOrders.of(request(Signature.EMPTY))).toBytes();
    byte[] wideRequester = whole.clone();
    wideRequester[32 + 6 * 32] = 1;

    assertThat(HubEvents.decode(broadcast(wideRequester))).isEmpty();
    assertThat(HubEvents.decode(broadcast(new byte[64]))).isEmpty();
    assertThat(HubEvents.decode(broadcast(new byte[0]))).isEmpty();
  }
}
