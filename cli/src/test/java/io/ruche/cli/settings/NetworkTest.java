package io.ruche.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @TempDir
  Path folder;

  private static final Network NETWORK = new Network(
      65_535,
      URI.create("http://127.0.0.1:1"),
      new Address("0x" + "a1".repeat(20)),
      new Address("0x" + "b2".repeat(20)),
      URI.create("http://127.0.0.1:2"),
      new Address("0x" + "c3".repeat(20)),
      List.of(new Address("0x" + "d4".repeat(20))),
      "words");

  @Test
  void whatWasWrittenIsReadBack() {
    var file = folder.resolve("deep/network.json");

    NETWORK.write(file);

    assertThat(Network.read(file)).isEqualTo(NETWORK);
  }

  @Test
  void fileHasTheKeysThatOthersReadIt() {
    assertThat(NETWORK.toJson().properties().stream().map(field -> field.getKey()))
        .containsExactly("chainId", "rpc", "hub", "token", "market", "pool", "workers", "mnemonic");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {                                                            | NETWORK_INVALID | end
      {"rpc":"http://x","hub":"0x12"}                              | NETWORK_INVALID | chainId
      {"chainId":1,"rpc":"ftp://x"}                                | NETWORK_INVALID | rpc
      {"chainId":1,"rpc":"http://x","hub":"0x12"}                  | NETWORK_INVALID | address
      """)
  void brokenFileIsNamedWithItsReason(String text, String code, String reason) throws Exception {
    var file = folder.resolve("network.json");
    Files.writeString(file, text);

    assertThatThrownBy(() -> Network.read(file))
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }
}
