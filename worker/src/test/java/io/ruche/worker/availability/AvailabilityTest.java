package io.ruche.worker.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final Duration GRACE = Duration.ofMinutes(10);
  private long freeMiB = 1_000;
  private Instant now = Instant.parse("2026-01-05T12:00:00Z");
  private final Availability availability = new Availability(
      new Rule(List.of(new Condition.Mains(), new Condition.FreeDisk(256))), GRACE);

  @Test
  void aMachineThatMayWorkDoesSoAtOnce() {
    assertThat(look(true).stance()).isEqualTo(Stance.WORK);
  }

  @Test
  void anOwnerWhoComesBackIsObeyedAtOnceAndWorkGoesOnLater() {
    look(true);

    assertThat(look(false).stance()).isEqualTo(Stance.PAUSE);
    assertThat(look(true).stance()).isEqualTo(Stance.PAUSE);
    assertThat(after(Duration.ofSeconds(14), true).stance()).isEqualTo(Stance.PAUSE);
    var resumed = after(Duration.ofSeconds(1), true);
    assertThat(resumed.stance()).isEqualTo(Stance.WORK);
    assertThat(resumed.since()).isEqualTo(now);
    assertThat(resumed.obstacles()).isEmpty();
  }

  @Test
  void aBreakStartsTheWaitAnew() {
    look(true);
    look(false);
    look(true);
    after(Duration.ofSeconds(14), false);

    var settling = after(Duration.ofSeconds(14), true);

    assertThat(settling.stance()).isEqualTo(Stance.PAUSE);
    assertThat(settling.obstacles()).extracting(Obstacle::code).containsExactly("SETTLING");
    assertThat(settling.notBefore()).isEqualTo(now.plus(Availability.RESUME_AFTER));
  }

  @Test
  void afterTheGraceTimeWorkIsHandedBack() {
    look(true);
    look(false);

    assertThat(after(GRACE.minusMillis(1), false).stance()).isEqualTo(Stance.PAUSE);
    assertThat(after(Duration.ofMillis(1), false).stance()).isEqualTo(Stance.HAND_BACK);
    look(true);
    assertThat(after(Availability.RESUME_AFTER, true).stance()).isEqualTo(Stance.WORK);
  }

  @Test
  void aMachineThatMayNotWorkAtItsStartTakesNothing() {
    assertThat(look(false).stance()).isEqualTo(Stance.HAND_BACK);
  }

  @Test
  void withoutGraceWorkIsHandedBackInTheSameLook() {
    availability.change(availability.rule(), Duration.ZERO);
    look(true);

    assertThat(look(false).stance()).isEqualTo(Stance.HAND_BACK);
    assertThat(look(true).stance()).isEqualTo(Stance.HAND_BACK);
    assertThat(after(Availability.RESUME_AFTER, true).stance()).isEqualTo(Stance.WORK);
  }

  @Test
  void theOwnersWordHoldsUntilTheNextAndIsObeyedAtOnce() {
    look(true);

    var paused = look(true, OwnerWord.PAUSE);
    assertThat(paused.stance()).isEqualTo(Stance.PAUSE);
    assertThat(paused.why()).isEqualTo("the owner paused this worker");
    assertThat(look(true, OwnerWord.WORK).stance()).isEqualTo(Stance.WORK);
    var draining = look(true, OwnerWord.DRAIN);
    assertThat(draining.stance()).isEqualTo(Stance.DRAIN);
    assertThat(draining.obstacles()).extracting(Obstacle::code).containsExactly("OWNER_DRAINS");
    assertThat(look(false, OwnerWord.DRAIN).stance()).isEqualTo(Stance.PAUSE);
  }

  @Test
  void resumeDoesNotOverruleTheConditions() {
    look(true);
    look(false, OwnerWord.PAUSE);

    assertThat(look(false, OwnerWord.WORK).stance()).isEqualTo(Stance.PAUSE);
    assertThat(look(true, OwnerWord.WORK).stance()).isEqualTo(Stance.PAUSE);
  }

  @Test
  void newSettingsHoldFromTheNextLook() {
    look(false);
    availability.change(Rule.ALWAYS, GRACE);

    look(false);

    assertThat(after(Availability.RESUME_AFTER, false).stance()).isEqualTo(Stance.WORK);
  }

  @Test
  void onAFullDiskNothingNewIsTakenAndWhatRunsGoesOnUntilThereIsRoomForAWhile() {
    look(true);
    freeMiB = 255;

    var full = look(true);
    assertThat(full.stance()).isEqualTo(Stance.DRAIN);
    assertThat(full.why()).contains("255 MiB", "256 MiB");
    assertThat(full.obstacles()).extracting(Obstacle::code).containsExactly("DISK_FULL");
    assertThat(full.obstacles().getFirst().remedy()).contains("minFreeMiB");
    freeMiB = 256;
    assertThat(after(Duration.ofSeconds(14), true).stance()).isEqualTo(Stance.DRAIN);
    freeMiB = 0;
    assertThat(look(true).stance()).isEqualTo(Stance.DRAIN);
    freeMiB = 256;
    var settling = after(Duration.ofSeconds(14), true);
    assertThat(settling.obstacles()).extracting(Obstacle::code).containsExactly("SETTLING");
    assertThat(settling.notBefore()).isEqualTo(now.plusSeconds(1));
    assertThat(after(Duration.ofSeconds(1), true).stance()).isEqualTo(Stance.WORK);
  }

  @Test
  void aFullDiskDoesNotHideWhatElseStandsAgainstWork() {
    look(true);
    freeMiB = 0;

    assertThat(look(false).obstacles())
        .extracting(Obstacle::code)
        .containsExactly("NOT_ON_MAINS", "DISK_FULL");
    assertThat(look(false).stance()).isEqualTo(Stance.PAUSE);
    assertThat(after(Availability.RESUME_AFTER, true).stance()).isEqualTo(Stance.PAUSE);
    assertThat(after(Availability.RESUME_AFTER, true).stance()).isEqualTo(Stance.DRAIN);
  }

  @Property(tries = 200)
  void itNeverWorksAgainstAnObstacleAndNeverFlaps(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40) Integer> seconds) {
    var before = look(true).stance();
    boolean isOn = true;
    for (int length : seconds) {
      isOn = !isOn;
      for (int i = 0; i < length; i++) {
        var stance = after(Duration.ofSeconds(1), isOn).stance();
        assertThat(stance == Stance.WORK).isIn(false, isOn);
        if (before != Stance.WORK && stance == Stance.WORK) {
          assertThat(i).isGreaterThanOrEqualTo((int) Availability.RESUME_AFTER.toSeconds());
        }
        before = stance;
      }
    }
  }

  private Outlook after(Duration time, boolean isOnMains) {
    now = now.plus(time);
    return look(isOnMains);
  }

  private Outlook look(boolean isOnMains) {
    return look(isOnMains, OwnerWord.WORK);
  }

  private Outlook look(boolean isOnMains, OwnerWord word) {
    return availability.look(moment(isOnMains), word);
  }

  private Moment moment(boolean isOnMains) {
    var unknown = MachineFacts.unknown("not asked for");
    var facts = new MachineFacts(
        unknown.userIdle(),
        unknown.otherLoad(),
        Reading.of(isOnMains),
        unknown.batteryPercent(),
        unknown.surplusWatts(),
        unknown.celsius(),
        Reading.of(freeMiB));
    return new Moment(now, ZoneOffset.UTC, facts);
  }
}
