package io.ruche.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerMarkTest {
  private static final Address WALLET = new Address("0x" + "01".repeat(20));
  private static final Address ACCOUNT = new Address("0x" + "02".repeat(20));

  @TempDir
  Path home;

  @Test
  void aHomeWithOpenWorkStaysItsWorkers() {
    WorkerMark.claim(home, WALLET, true);

    assertThatThrownBy(() -> WorkerMark.claim(home, ACCOUNT, false))
        .hasMessageContaining(WALLET.hex())
        .hasMessageContaining(ACCOUNT.hex());
    WorkerMark.claim(home, WALLET, false);
  }

  @Test
  void anEmptyHomeChangesHands() throws IOException {
    WorkerMark.claim(home, WALLET, true);

    WorkerMark.claim(home, ACCOUNT, true);

    assertThat(Files.readString(home.resolve(WorkerMark.FILE)).strip()).isEqualTo(ACCOUNT.hex());
  }

  @Test
  void aHomeOfBeforeThereWereMarksIsTaken() {
    WorkerMark.claim(home, WALLET, false);

    assertThat(home.resolve(WorkerMark.FILE)).exists();
  }
}
