package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.chain.dev.AnvilBinary;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Keystore;
import io.ruche.chain.wallet.Secret;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.Installation;
import io.ruche.cli.Ruche;
import io.ruche.cli.Session;
import io.ruche.cli.output.Screen;
import io.ruche.cli.settings.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ruche chain deploy} on a chain that is no development chain. */
class ChainDeployE2E {
  private static final long CHAIN_ID = 4_242;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir
  Path folder;

  private Process anvil;
  private String endpoint;

  private record Outcome(int code, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  @BeforeEach
  void start() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    endpoint = "http://127.0.0.1:" + port;
    anvil = new ProcessBuilder(
            AnvilBinary.require(Installation.current().contracts()).toString(),
            "--port=" + port,
            "--chain-id=" + CHAIN_ID,
            "--block-time=0.1",
            "--quiet")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("anvil.log").toFile())
        .start();
    Files.writeString(folder.resolve("password"), "correct horse");
  }

  @AfterEach
  void stop() throws InterruptedException {
    anvil.destroyForcibly().waitFor();
  }

  @Test
  void aChainGetsItsContractsOnceHoweverOftenItIsAsked() throws Exception {
    var wallet = Wallet.random();
    try (var rpc = Rpc.open(endpoint)) {
      Marketplace.await("the chain", () -> isUp(rpc) ? true : null);
      rpc.read("anvil_setBalance", wallet.address().hex(), "0x56bc75e2d63100000");

      var first = deploy(keyFile(wallet));
      assertThat(first.code()).as(first.err()).isZero();
      var contracts = first.json().path("contracts");
      long transactions = rpc.transactionCount(wallet.address(), Rpc.LATEST);

      forgetTheLastContract();
      var again = deploy(keyFile(wallet));

      assertThat(again.json().path("contracts")).isEqualTo(contracts);
      assertThat(rpc.transactionCount(wallet.address(), Rpc.LATEST)).isEqualTo(transactions);
      var network = Network.read(folder.resolve("net.json"));
      assertThat(network.chainId()).isEqualTo(CHAIN_ID);
      assertThat(network.hub().checksummed()).isEqualTo(contracts.path("Hub").asText());
      assertThat(ownerOf(rpc, network))
          .endsWithIgnoringCase(contracts.path("HubTimelock").asText().substring(2));
    }
  }

  @Test
  void theDevelopmentMnemonicIsRefused() throws Exception {
    try (var rpc = Rpc.open(endpoint)) {
      Marketplace.await("the chain", () -> isUp(rpc) ? true : null);
      var wallet = DevelopmentKeys.wallet(0);

      var refused = deploy(keyFile(wallet));

      assertThat(refused.code()).isNotZero();
      assertThat(refused.err()).contains("DEV_KEY_REFUSED");
      assertThat(rpc.transactionCount(wallet.address(), Rpc.LATEST)).isZero();
    }
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingIsSent() throws Exception {
    try (var rpc = Rpc.open(endpoint)) {
      Marketplace.await("the chain", () -> isUp(rpc) ? true : null);
      var wallet = Wallet.random();
      var poor = deploy(keyFile(wallet));
      assertThat(poor.err()).contains("GAS_FUNDS_TOO_LOW", wallet.address().hex());
      assertThat(poor.code()).isEqualTo(1);
    }
    endpoint = "ftp://127.0.0.1";
    var notHttp = deploy(keyFile(Wallet.random()));
    assertThat(notHttp.err()).contains("USAGE", "--rpc", "ftp://127.0.0.1");
    assertThat(notHttp.code()).isEqualTo(3);
    assertThat(folder.resolve("net.json")).doesNotExist();
  }

  /** As if the program had died between the last receipt and the record of it. */
  private void forgetTheLastContract() throws IOException {
    var record = folder.resolve("home/deployments/4242/contracts.json");
    var json = (ObjectNode) JSON.readTree(Files.readString(record));
    json.withObject("/contracts").remove("Hub");
    json.remove(List.of("hub", "token"));
    Files.writeString(record, json.toString());
  }

  private static String ownerOf(Rpc rpc, Network network) {
    var call = Map.of("to", network.hub().hex(), "data", "0x8da5cb5b");
    return rpc.read("eth_call", call, "latest").asText();
  }

  private static boolean isUp(Rpc rpc) {
    try {
      return rpc.chainId() == CHAIN_ID;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private Path keyFile(Wallet wallet) throws IOException {
    var file = folder.resolve("owner.json");
    var password = Secret.of("correct horse");
    return Files.writeString(file, Keystore.encrypt(wallet, password, Keystore.Cost.LIGHT));
  }

  private Outcome deploy(Path keyFile) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var screen = new Screen(stream(out), stream(err), 0, false);
    var session = new Session(screen, Map.of(), folder, Clock.systemUTC());
    int code = Ruche.run(
        session,
        List.of(
            "chain",
            "deploy",
            "--rpc=" + endpoint,
            "--wallet=" + keyFile,
            "--password-file=" + folder.resolve("password"),
            "--endpoints=" + folder.resolve("net.json"),
            "--home=" + folder.resolve("home"),
            "--output=json"));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
