package io.ruche.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutboxTest extends OutboxStoreKit {
  @TempDir
  Path folder;

  @Override
  OutboxStore store() {
    return FileOutbox.open(file());
  }

  private Path file() {
    return folder.resolve("outbox");
  }

  @Test
  void entriesSurviveAReopen() {
    var entry = entry(WALLET, "a", 0);
    try (var outbox = FileOutbox.open(file())) {
      outbox.save(List.of(entry, entry(WALLET, "b", 1)));
      outbox.save(List.of(settled(entry(WALLET, "b", 1))));
    }

    try (var again = FileOutbox.open(file())) {
      assertThat(again.loadOpen(CHAIN, WALLET.address())).containsExactly(entry);
      assertThat(again.find(CHAIN, WALLET.address(), "b")).isPresent();
    }
  }

  @Test
  void lineThatACrashCutOffIsDropped() throws IOException {
    var entry = entry(WALLET, "a", 0);
    try (var outbox = FileOutbox.open(file())) {
      outbox.save(List.of(entry));
    }
    Files.writeString(file(), "{\"chainId\":65535,\"sen", StandardOpenOption.APPEND);

    try (var again = FileOutbox.open(file())) {
      again.save(List.of(entry(WALLET, "b", 1)));
      assertThat(again.loadOpen(CHAIN, WALLET.address())).hasSize(2);
    }
    try (var third = FileOutbox.open(file())) {
      assertThat(third.loadOpen(CHAIN, WALLET.address())).hasSize(2);
    }
  }

  @Test
  void brokenLineInTheMiddleIsAnError() throws IOException {
    Files.writeString(file(), "broken\n" + OutboxJson.write(entry(WALLET, "a", 0)) + "\n");

    assertThatThrownBy(() -> FileOutbox.open(file()))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("OUTBOX_BROKEN"))
        .hasMessageContaining("line 1");
  }
}
