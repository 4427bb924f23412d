package io.ruche.cli.doctor;

import io.ruche.cli.process.ProcessRecord;
import io.ruche.cli.process.Supervisor;
import io.ruche.cli.settings.Home;
import io.ruche.cli.wallet.Wallets;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The home folder: who may read it, how much fits, and whether what it holds can be read. */
final class HomeChecks {
  private static final long MIN_FREE_MIB = 1_024;
  private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE);

  private final Home home;
  private final Wallets wallets;

  HomeChecks(Home home, Wallets wallets) {
    this.home = home;
    this.wallets = wallets;
  }

  List<Finding> all() {
    var disk = disk();
    if (!Files.exists(home.folder())) {
      return List.of(Finding.ok("home", home.folder() + " (not created yet)"), disk);
    }
    return List.of(
        folder(), disk, guarded("wallets", this::wallets), guarded("processes", this::processes));
  }

  private Finding folder() {
    var folder = home.folder();
    if (!Files.isWritable(folder)) {
      return Finding.problem(
          "home", folder + " cannot be written", "Choose another one with --home.");
    }
    try {
      boolean isPrivate =
          Files.getPosixFilePermissions(folder).stream().noneMatch(FOR_OTHERS::contains);
      return isPrivate
          ? Finding.ok("home", folder.toString())
          : Finding.problem(
              "home",
              folder + " is open to others",
              "It holds key files: chmod 700 %s".formatted(folder));
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.advice("home", folder.toString(), "Check that only you can read it.");
    }
  }

  private Finding disk() {
    try {
      long mebibytes = Files.getFileStore(existing(home.folder())).getUsableSpace() >> 20;
      var found = "%d MiB free".formatted(mebibytes);
      return mebibytes >= MIN_FREE_MIB
          ? Finding.ok("disk", found)
          : Finding.problem(
              "disk",
              found,
              "Free at least %d MiB, or choose another --home.".formatted(MIN_FREE_MIB));
    } catch (IOException e) {
      return Finding.problem("disk", e.toString(), "Check the disk of the home folder.");
    }
  }

  private static Path existing(Path folder) {
    var found = folder.toAbsolutePath();
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  private Finding wallets() {
    var names = wallets.all().stream().map(Wallets.Named::name).toList();
    return names.isEmpty()
        ? Finding.advice("wallets", "none", "Create one with `ruche wallet create NAME`.")
        : Finding.ok("wallets", String.join(", ", names));
  }

  private Finding processes() {
    var records = new Supervisor(home.run()).records();
    var dead = records.stream()
        .filter(record -> !record.isRunning())
        .map(ProcessRecord::name)
        .collect(Collectors.joining(", "));
    return dead.isEmpty()
        ? Finding.ok("processes", records.size() + " running")
        : Finding.problem("processes", dead + " ended", "`ruche up` starts what is missing again.");
  }

  private static Finding guarded(String what, Supplier<Finding> check) {
    try {
      return check.get();
    } catch (RucheException e) {
      return Finding.problem(what, e);
    }
  }
}
