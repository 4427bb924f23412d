package io.ruche.cli.node;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A systemd unit of the user for a worker. What hardens it leaves bubblewrap its namespaces,
 * without which strangers' apps would be shut in less.
 *
 * @param command the worker's program; it reads its settings from a file
 * @param home the only folder that it may write
 */
record ServiceUnit(String name, List<String> command, Path home) {
  ServiceUnit {
    command = List.copyOf(command);
  }

  String fileName() {
    return "ruche-%s.service".formatted(name);
  }

  /** The unit's text. */
  String text() {
    return """
        [Unit]
        Description=Ruche worker %1$s
        Wants=network-online.target
        After=network-online.target

        [Service]
        ExecStart=%2$s
        Restart=on-failure
        RestartSec=5
        TimeoutStopSec=30
        KillMode=mixed
        Nice=10
        UMask=0077
        LimitNOFILE=8192
        TasksMax=4096
        NoNewPrivileges=yes
        PrivateTmp=yes
        ProtectSystem=strict
        ReadWritePaths=%3$s
        LockPersonality=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        # Not here: RestrictNamespaces, ProtectKernelTunables and the like keep bubblewrap from
        # working, MemoryDenyWriteExecute keeps Java from compiling.

        [Install]
        WantedBy=default.target
        """.formatted(name, execStart(), quotedPath(home.toString()));
  }

  private String execStart() {
    var arguments = command.stream().skip(1).map(word -> quotedPath(word).replace("$", "$$"));
    return Stream.concat(Stream.of(quotedPath(command.getFirst())), arguments)
        .collect(Collectors.joining(" "));
  }

  /**
   * As systemd reads paths: quotes, backslashes, and percent signs doubled. Arguments of a command
   * have their dollar signs doubled too, its program must not.
   */
  private static String quotedPath(String word) {
    var escaped = word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return escaped.matches("[A-Za-z0-9_./:=,@%+$-]+") ? escaped : '"' + escaped + '"';
  }

  /** Writes the unit for the user's own systemd, and returns its file. */
  Path install(Path userHome) {
    var file = userHome.resolve(".config/systemd/user").resolve(fileName());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text());
      return file;
    } catch (IOException e) {
      throw new RucheException(
          "SERVICE_UNWRITABLE",
          "cannot write the unit %s: %s.".formatted(file, e),
          "Check who may write there.",
          false,
          e);
    }
  }

  /** What enables it; lingering lets it run while nobody is logged in. */
  List<String> enabling() {
    return List.of("loginctl enable-linger", "systemctl --user enable --now " + fileName());
  }
}
