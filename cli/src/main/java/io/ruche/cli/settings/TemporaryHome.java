package io.ruche.cli.settings;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A home of its own for a network that lives as long as one command. */
public record TemporaryHome(Home home) {
  public static TemporaryHome create(String prefix) throws IOException {
    return new TemporaryHome(new Home(Files.createTempDirectory(prefix)));
  }

  /** Deletes everything in it; to be called once nothing in it runs any more. */
  public void delete() throws IOException {
    Files.walkFileTree(home.folder(), new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
          throws IOException {
        Files.delete(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
