package io.ruche.chain.abi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Hex;
import org.junit.jupiter.api.Test;

class RevertsTest {
  private static String revert(String signature, AbiEncoder arguments) {
    return Hex.encode(AbiFunction.of(signature).encode(arguments));
  }

  @Test
  void textOfRequireIsShown() {
    var data = revert("Error(string)", new AbiEncoder().text("iExecV5-matchOrders-0x31"));
    assertThat(Reverts.reason(data, "?")).isEqualTo("iExecV5-matchOrders-0x31");
  }

  @Test
  void panicIsExplained() {
    assertThat(Reverts.reason(revert("Panic(uint256)", new AbiEncoder().uint(0x11)), "?"))
        .isEqualTo("Panic(0x11): arithmetic overflow");
    assertThat(Reverts.reason(revert("Panic(uint256)", new AbiEncoder().uint(0x99)), "?"))
        .isEqualTo("Panic(0x99)");
  }

  @Test
  void customErrorIsNamedWithItsValues() {
    var data = revert(
        "TaskNotActive(bytes32,uint8)", new AbiEncoder().word(new byte[32]).uint(3));
    assertThat(Reverts.reason(data, "?")).isEqualTo("TaskNotActive(0x" + "0".repeat(64) + ", 3)");
  }

  @Test
  void whatSaysNothingLeavesTheNodesWords() {
    assertThat(Reverts.reason("0x", "execution reverted")).isEqualTo("execution reverted");
    assertThat(Reverts.reason("0x08c379a0ff", "execution reverted"))
        .isEqualTo("execution reverted");
    assertThat(Reverts.reason("0x12345678", "?")).isEqualTo("unknown error 0x12345678");
  }
}
