package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.core.Words;
import io.ruche.scheduler.Fact;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three servers on one PostgreSQL database, in random orders of steps: a pause of one is any number
 * of steps of the others, and the lease may end before any step. A model that knows who is master
 * says which steps must succeed; all others must leave nothing.
 */
class ManyMastersTest {
  private static final int SEEDS = 8;
  private static final int STEPS = 40;
  private static final int SERVERS = 3;
  private static final Address OWNER = new Address("0x" + "a1".repeat(20));

  private String url;

  /** A process that may be master; it is replaced by a fresh one when it has to end. */
  private final class Server {
    private final Database database;
    private final String name;
    private boolean isStopped;
    private SqlJournal journal;

    Server(String name) {
      this.name = name;
      this.database = Database.open(new PostgresUrl(url, ""));
    }

    boolean takeOver() {
      boolean isMaster = database.becomeMaster(name);
      if (isMaster) {
        journal = new SqlJournal(database, "pool");
      }
      return isMaster;
    }

    boolean append(int step) {
      var deal = new DealId(Hex.encode(Words.uint256(step)));
      return succeeds(() -> journal.append(List.of(new Fact.DealClosed(deal))));
    }

    boolean sign(int step) {
      var body = "signed under epoch " + database.epoch();
      var row = new SqlOutbox.Row(1, OWNER, "step/" + step, step, true, body);
      return succeeds(() -> new SqlOutbox(database, () -> Instant.EPOCH).save(List.of(row)));
    }

    boolean renew() {
      return succeeds(database::renew);
    }

    private static boolean succeeds(Runnable write) {
      try {
        write.run();
        return true;
      } catch (RucheException e) {
        assertThat(e.code()).isEqualTo("MASTER_LOST");
        return false;
      }
    }
  }

  @Test
  void noStepOfAnOldEpochIsEverRecorded() throws SQLException {
    url = TestStore.postgres();
    Database.open(new PostgresUrl(url, "")).close();
    try (var outside = DriverManager.getConnection(url)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        execute(outside, "DELETE FROM journal_fact");
        execute(outside, "DELETE FROM outbox_action");
        execute(outside, "UPDATE master SET renewed_at = 0");
        new Run(seed, outside).run();
      }
    }
  }

  /** One order of steps beside the model that says what each must do. */
  private final class Run {
    private final Random random;
    private final Connection outside;
    private final String seed;
    private final Server[] servers = new Server[SERVERS];
    private final List<Long> appended = new ArrayList<>();
    private final List<String> signed = new ArrayList<>();
    private @Nullable Server master;
    private boolean isLeaseOver = true;

    Run(int seed, Connection outside) {
      this.random = new Random(seed);
      this.seed = "seed " + seed;
      this.outside = outside;
      Arrays.setAll(servers, i -> new Server("server " + i));
    }

    void run() throws SQLException {
      for (int step = 1; step <= STEPS; step++) {
        if (random.nextInt(4) == 0) {
          execute(outside, "UPDATE master SET renewed_at = renewed_at - 60000");
          isLeaseOver = true;
        }
        int chosen = random.nextInt(SERVERS);
        var server = servers[chosen];
        if (server.database.epoch() == 0) {
          tryToTakeOver(server, step);
        } else if (!act(server, step)) {
          server.database.close();
          servers[chosen] = new Server("server " + chosen);
        }
      }
      check();
      for (var server : servers) {
        server.database.close();
      }
    }

    private void tryToTakeOver(Server server, int step) {
      assertThat(server.takeOver()).as("%s step %d", seed, step).isEqualTo(isLeaseOver);
      if (isLeaseOver) {
        master = server;
        isLeaseOver = false;
      }
    }

    /** False when the server's process ends, by itself or because it must. */
    private boolean act(Server server, int step) {
      boolean isDone = switch (random.nextInt(7)) {
        case 0 -> stop(server);
        case 1, 2 -> server.renew();
        case 3, 4 -> server.sign(step) && signed.add("step/" + step);
        default -> server.append(step) && appended.add(server.database.epoch());
      };
      boolean isMaster = server == master;
      assertThat(isDone).as("%s step %d", seed, step).isEqualTo(isMaster && !server.isStopped);
      if (isMaster) {
        isLeaseOver = server.isStopped;
      }
      return isDone;
    }

    private boolean stop(Server server) {
      server.isStopped = true;
      return false;
    }

    private void check() {
      var reader = servers[0].database;
      var facts = reader.read(handle -> handle
          .createQuery("SELECT seq FROM journal_fact ORDER BY seq")
          .mapTo(Long.class)
          .list());
      var keys = reader.read(handle -> handle
          .createQuery("SELECT action_key FROM outbox_action ORDER BY nonce")
          .mapTo(String.class)
          .list());
      assertThat(facts)
          .as(seed)
          .isEqualTo(LongStream.rangeClosed(1, appended.size()).boxed().toList());
      assertThat(appended).as(seed).isSorted();
      assertThat(keys).as(seed).isEqualTo(signed);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
