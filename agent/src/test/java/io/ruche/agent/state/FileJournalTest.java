package io.ruche.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RucheException;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TxHash;
import io.ruche.worker.Assignment;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Fact;
import io.ruche.worker.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final Signature LEAVE = new Signature("0x" + "1b".repeat(65));
  private static final AttemptId ID = new AttemptId(new TaskId(word("2a")), 3);
  private static final List<List<Fact>> BATCHES = List.of(
      List.of(computed(new Release.WithWork(LEAVE)), new Fact.Contributing(ID, LEAVE, null)),
      List.of(new Fact.Contributed(ID, new TxHash(word("0e")))),
      List.of(new Fact.Revealing(ID), new Fact.Revealed(ID, new TxHash(word("0f")))),
      List.of(computed(new Release.AfterCommit()), new Fact.Abandoned(ID)),
      List.of(
          new Fact.Pledged(ID.task(), new Digest(word("0d")), true, TIME), new Fact.Dropped(ID)),
      List.of(
          computed(new Release.AfterResult()),
          new Fact.Contributing(ID, LEAVE, new Settlement("{}", "0x01"))));

  @TempDir
  Path folder;

  private static String word(String octet) {
    return "0x" + octet.repeat(32);
  }

  private static Fact.Computed computed(Release release) {
    var limits = new RunLimits(Duration.ofMinutes(5), 512, 1 << 20, 100);
    return new Fact.Computed(
        new Assignment(ID, new DealId(word("1f")), 7, limits, release, TIME),
        TIME,
        TIME.plusSeconds(9),
        new Digest(word("0d")),
        new Salt(word("05")),
        new RunUsage(1_200_000_000L, 400));
  }

  private static List<Fact> flat(List<List<Fact>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  private void writeAll() {
    try (var journal = FileJournal.in(folder)) {
      BATCHES.forEach(journal::append);
    }
  }

  private Path file() {
    return folder.resolve("attempts.jsonl");
  }

  @Test
  void everyFactComesBackInOrder() {
    writeAll();

    try (var journal = FileJournal.in(folder)) {
      assertThat(journal.replay()).isEqualTo(flat(BATCHES));
    }
  }

  @Test
  void aKillAtAnyByteLosesWholeAppendsFromTheEndOnly() throws IOException {
    writeAll();
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length <= whole.length; length += 41) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (var journal = FileJournal.in(folder)) {
        var facts = journal.replay();

        assertThat(prefixes()).contains(facts);
        journal.append(BATCHES.getFirst());
        assertThat(journal.replay()).hasSize(facts.size() + 2);
      }
    }
  }

  private static List<List<Fact>> prefixes() {
    var prefixes = new ArrayList<List<Fact>>();
    for (int i = 0; i <= BATCHES.size(); i++) {
      prefixes.add(flat(BATCHES.subList(0, i)));
    }
    return prefixes;
  }

  @Test
  void damageBeforeTheEndIsRefusedWithItsLine() throws IOException {
    writeAll();
    byte[] bytes = Files.readAllBytes(file());
    bytes[40] ^= 1;
    Files.write(file(), bytes);

    try (var journal = FileJournal.in(folder)) {
      assertThatThrownBy(journal::replay).isInstanceOfSatisfying(RucheException.class, e -> {
        assertThat(e.code()).isEqualTo("STATE_CORRUPT");
        assertThat(e.sentence()).contains("line 1", file().toString());
      });
    }
  }

  @Test
  void anotherKindOfFileIsRefused() throws IOException {
    Files.writeString(file(), "hello\nworld\n", StandardOpenOption.CREATE);

    try (var journal = FileJournal.in(folder)) {
      assertThatThrownBy(journal::replay).isInstanceOf(RucheException.class);
    }
  }

  @Test
  void compactionKeepsTheSnapshotAndWhatComesLater() {
    try (var journal = FileJournal.in(folder)) {
      BATCHES.forEach(journal::append);
      journal.compact(BATCHES.getFirst());
      journal.append(BATCHES.get(1));

      assertThat(journal.appended()).isEqualTo(1);
    }
    try (var journal = FileJournal.in(folder)) {
      assertThat(journal.replay()).isEqualTo(flat(BATCHES.subList(0, 2)));
    }
  }

  @Test
  void factsFromBeforeUsageWasKeptAreRead() throws IOException {
    var json = new FactJson();
    var facts = List.<Fact>of(computed(new Release.AfterCommit()));
    var old = json.write(facts).replaceFirst(",\"usage\":\\{[^}]*}", "");

    assertThat(old).doesNotContain("usage");
    assertThat(json.read(old)).singleElement().isInstanceOfSatisfying(Fact.Computed.class, fact -> {
      assertThat(fact.usage()).isNull();
      assertThat(fact.digest()).isEqualTo(new Digest(word("0d")));
    });
  }

  @Test
  void anEmptySnapshotEmptiesTheFile() {
    try (var journal = FileJournal.in(folder)) {
      BATCHES.forEach(journal::append);
      journal.compact(List.of());

      assertThat(journal.replay()).isEmpty();
      assertThat(file()).isEmptyFile();
    }
  }
}
