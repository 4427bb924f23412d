package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputedFileTest {
  private static final List<ResultDigest.Entry> FILES =
      List.of(file("computed.json", 1), file("a", 2), file("r/b", 3), file("r/s/c", 4));

  @Test
  void unknownKeysAndNullsAreIgnored() {
    var computed = parse("{\"deterministic-output-path\":\"/iexec_out/a\",\"callback-data\":null,"
        + "\"task-id\":\"0x1\",\"x\":[]}");

    assertThat(computed).isEqualTo(new ComputedFile("/iexec_out/a", ""));
  }

  @Test
  void namedFileGivesItsSha256() {
    assertThat(digest("/iexec_out/a")).isEqualTo(Digest.of(hash(2)));
    assertThat(digest("/iexec_out//r/./b/")).isEqualTo(Digest.of(hash(3)));
  }

  @Test
  void namedFolderGivesTheHashOfItsOwnFiles() {
    assertThat(digest("/iexec_out/r")).isEqualTo(Digest.of(Keccak.hash(hash(3))));
    assertThat(digest("/iexec_out")).isEqualTo(Digest.of(Keccak.hash(hash(2), hash(1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/iexec_out/none", "/iexec_outside/a", "/iexec_out/../a", "a", "/iexec_out/A"})
  void pathsThatLeadNowhereAreRefused(String path) {
    assertThatThrownBy(() -> digest(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(path);
  }

  @Test
  void dealWithCallbackNeedsCallbackData() {
    var computed = new ComputedFile("/iexec_out/a", "");

    assertThatThrownBy(() -> computed.digest(FILES, CallbackKind.ANSWER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("callback-data");
    assertThat(new ComputedFile("/iexec_out/a", "0x00").digest(FILES, CallbackKind.ANSWER))
        .isEqualTo(Digest.of(Keccak.hash(new byte[1])));
  }

  @Test
  void anAnswerHasAtLeastOneByte() {
    var computed = new ComputedFile("", "0x");

    assertThatThrownBy(() -> computed.digest(FILES, CallbackKind.ANSWER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one byte");
  }

  @Test
  void anAnswerIsNoFailure() {
    var failure = TaskFailure.of(new Failure(FailureCode.TRAP, 0)).encode();
    var computed = new ComputedFile("", Hex.encode(failure));

    assertThatThrownBy(() -> computed.digest(FILES, CallbackKind.ANSWER_OR_FAILURE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("taken for a failure");
    assertThat(computed.digest(FILES, CallbackKind.ANSWER))
        .isEqualTo(Digest.of(Keccak.hash(failure)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{", "{\"callback-data\":1}"})
  void otherJsonIsRefused(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ComputedFile parse(String json) {
    return ComputedFile.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Digest digest(String path) {
    return new ComputedFile(path, "").digest(FILES, CallbackKind.NONE);
  }

  private static ResultDigest.Entry file(String path, int seed) {
    return new ResultDigest.Entry(path, 1, Sha256.of(hash(seed)));
  }

  private static byte[] hash(int seed) {
    byte[] hash = new byte[32];
    hash[0] = (byte) seed;
    return hash;
  }
}
