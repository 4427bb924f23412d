package io.ruche.sandbox.nativeapp;

import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** A script that tries at the start what no run may do. */
final class SelfTest {
  private static final RunLimits LIMITS = new RunLimits(Duration.ofSeconds(20), 64, 1 << 16, 4);

  private static final String SCRIPT = """
      #!/bin/sh
      fail() { echo "a program $1"; exit 1; }
      has() { grep -q "^$1:.$2$" /proc/self/status || fail "$3"; }
      [ "$(id -u)" != 0 ] || fail "is root"
      has CapEff 0000000000000000 "keeps capabilities"
      has NoNewPrivs 1 "may gain privileges"
      has Seccomp 2 "has no filter of system calls"
      for folder in /root /home /var /etc/shadow; do
        [ ! -e $folder ] || fail "sees $folder"
      done
      for folder in / /usr /dev /app /iexec_in; do
        (: >$folder/x) 2>/dev/null && fail "may write $folder"
      done
      [ "$(grep -c : /proc/net/dev)" = 1 ] || fail "has a network"
      [ "$$" -lt 20 ] || fail "sees other processes"
      unshare -m true 2>/dev/null && fail "may make namespaces"
      : >/iexec_out/ok || fail "may not write its output"
      """;

  private SelfTest() {}

  static void run(NativeSandbox sandbox, Path folder) throws IOException, InterruptedException {
    var bytes = SCRIPT.getBytes(StandardCharsets.UTF_8);
    var root = Files.createDirectory(folder.resolve("self-test"));
    var file = Files.write(root.resolve("script"), bytes);
    var input = Files.createDirectory(root.resolve("in"));
    var output = Files.createDirectory(root.resolve("out"));
    try {
      var app = new RunRequest.App.AppFile(file, sha256(bytes));
      var outcome = sandbox.run(
          new RunRequest(app, "", List.of(), new TreeMap<>(), input, output, LIMITS, Access.NONE));
      if (outcome instanceof RunOutcome.Failed failed) {
        throw new IOException("the self-test failed: %s %s %s"
            .formatted(failed.detail(), failed.logs().stdout(), failed.logs().stderr())
            .strip());
      }
    } finally {
      for (var path : List.of(output.resolve("ok"), output, input, file, root)) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static Sha256 sha256(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
