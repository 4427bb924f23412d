package io.ruche.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RpcTest {
  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RucheException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void resultIsRead() {
    try (var node = FakeNode.saying(200, "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0xffff\"}");
        var rpc = Rpc.open(node.settings())) {
      assertThat(rpc.chainId()).isEqualTo(65_535);
      rpc.requireChainId(65_535);
      assertCode("CHAIN_ID_MISMATCH", () -> rpc.requireChainId(1));
    }
  }

  @Test
  void repliesOfABatchAreBroughtIntoOrder() {
    var answer =
        "[{\"id\":1,\"result\":\"b\"},{\"id\":0,\"error\":{\"code\":7,\"message\":\"no\"}}]";
    try (var node = FakeNode.saying(200, answer);
        var rpc = Rpc.open(node.settings())) {
      var replies = rpc.batch(List.of(RpcRequest.of("one"), RpcRequest.of("two")));

      assertThat(replies.get(0)).isEqualTo(new RpcReply.Refused(7, "no", "0x"));
      assertThat(replies.get(1))
          .isInstanceOfSatisfying(
              RpcReply.Result.class,
              result -> assertThat(result.value().asText()).isEqualTo("b"));
    }
  }

  @Test
  void readIsTriedAgainAndABroadcastIsNot() {
    try (var node = FakeNode.saying(503, "busy");
        var rpc = Rpc.open(node.settings().withReadTries(3))) {
      assertCode("CHAIN_UNREACHABLE", rpc::chainId);
      assertThat(node.requests).hasValue(3);
      assertCode("CHAIN_UNREACHABLE", () -> rpc.broadcast(List.of("0x02")));
      assertThat(node.requests).hasValue(4);
    }
  }

  @Test
  void readOfABlockThatWasJustPrunedIsAskedAgain() {
    var pruned = "{\"id\":0,\"error\":{\"code\":-32602,\"message\":\"BlockOutOfRangeError: x\"}}";
    try (var node = FakeNode.saying(200, pruned);
        var rpc = Rpc.open(node.settings())) {
      assertCode("RPC_ERROR", rpc::chainId);
      assertThat(node.requests).hasValue(20);
    }
  }

  @Test
  void silentNodeIsGivenUp() {
    var forever = new CountDownLatch(1);
    try (var node = new FakeNode((exchange, body) -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            forever.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
        var rpc = Rpc.open(node.settings().withTimeout(Duration.ofMillis(200)).withReadTries(1))) {
      assertCode("CHAIN_UNREACHABLE", rpc::chainId);
      forever.countDown();
    }
  }

  @Test
  void nobodyListeningIsNamedWithTheAddress() {
    RpcSettings closed;
    try (var node = FakeNode.saying(200, "")) {
      closed = node.settings();
    }
    try (var rpc = Rpc.open(closed.withReadTries(1))) {
      assertThatThrownBy(rpc::chainId)
          .hasMessageContaining(closed.endpoint().toString())
          .hasMessageContaining("connection refused");
    }
  }

  @Test
  void answerThatIsTooLargeIsRefusedWhileItArrives() {
    try (var node = new FakeNode((exchange, body) -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < 1_000; i++) {
              out.write(new byte[1_000]);
            }
          }
        });
        var rpc = Rpc.open(node.settings().withMaxAnswerBytes(10_000).withReadTries(1))) {
      assertCode("CHAIN_UNREACHABLE", rpc::chainId);
    }
  }

  @Test
  void lyingAnswersAreRefusedByName() {
    for (var lie : List.of(
        "no json",
        "[]",
        "{}",
        "{\"id\":0}",
        "{\"id\":9,\"result\":\"0x1\"}",
        "{\"id\":0,\"result\":\"one\"}",
        "{\"id\":0,\"result\":\"0x" + "f".repeat(64) + "\"}",
        "[{\"id\":0,\"result\":\"0x1\"},{\"id\":0,\"result\":\"0x1\"}]")) {
      try (var node = FakeNode.saying(200, lie);
          var rpc = Rpc.open(node.settings().withReadTries(1))) {
        assertThatThrownBy(rpc::chainId)
            .as(lie)
            .isInstanceOfSatisfying(
                RucheException.class, e -> assertThat(e.code()).isEqualTo("RPC_BAD_ANSWER"));
      }
    }
  }

  @Test
  void revertIsToldApartFromANodeThatCannotServe() {
    var revert =
        "{\"id\":0,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x\"}}";
    try (var node = FakeNode.saying(200, revert);
        var rpc = Rpc.open(node.settings())) {
      assertCode("TX_REVERTED", () -> rpc.read("eth_call"));
    }
    var refusal = "{\"id\":0,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}";
    try (var node = FakeNode.saying(200, refusal);
        var rpc = Rpc.open(node.settings())) {
      assertCode("RPC_ERROR", () -> rpc.read("eth_call"));
    }
  }
}
