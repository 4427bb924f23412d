package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultDigestTest {
  private static final Sha256 EMPTY =
      new Sha256("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  private static final ResultDigest.Entry A = new ResultDigest.Entry("a", 0, EMPTY);
  private static final ResultDigest.Entry B = new ResultDigest.Entry("dir/b", 0, EMPTY);

  /** Computed apart: {@code cast keccak 0x00000001 61 0000000000000000 e3b0..b855}, joined. */
  @Test
  void oneEmptyFileHasThePublishedDigest() {
    assertThat(ResultDigest.of(List.of(A)).hex())
        .isEqualTo("0x016f11d714dfa607ba7ee7cda8bd549798cb2d55f808d549bdabe3ff2060b0e7");
  }

  @Test
  void emptyFolderIsTheHashOfNothing() {
    assertThat(ResultDigest.of(List.of()).hex())
        .isEqualTo("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  }

  @Test
  void orderOfEntriesDoesNotMatter() {
    assertThat(ResultDigest.of(List.of(B, A))).isEqualTo(ResultDigest.of(List.of(A, B)));
  }

  @Test
  void pathsAreSortedByBytesNotByUtf16Units() {
    var high = new ResultDigest.Entry("\uD83D\uDE00", 1, EMPTY);
    var lower = new ResultDigest.Entry("\uFF5E", 2, EMPTY);

    assertThat(ResultDigest.of(List.of(high, lower)).hex())
        .isEqualTo("0x5727ad9774d88e6cb7ba893edde1f097bfebdf486e501ee01e14384aa47a8f48");
  }

  @Test
  void logsAndTheReferenceFileDoNotCount() {
    var log = new ResultDigest.Entry("stdout.txt", 5, EMPTY);
    var computed = new ResultDigest.Entry("computed.json", 5, EMPTY);

    assertThat(ResultDigest.of(List.of(A, log, computed))).isEqualTo(ResultDigest.of(List.of(A)));
  }

  @Test
  void nameSizeAndContentAllCount() {
    var digest = ResultDigest.of(List.of(A));

    assertThat(ResultDigest.of(List.of(new ResultDigest.Entry("b", 0, EMPTY))))
        .isNotEqualTo(digest);
    assertThat(ResultDigest.of(List.of(new ResultDigest.Entry("a", 1, EMPTY))))
        .isNotEqualTo(digest);
    assertThat(ResultDigest.of(List.of(A, B))).isNotEqualTo(digest);
  }
}
