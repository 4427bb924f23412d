package io.ruche.cli.output;

import com.fasterxml.jackson.core.JacksonException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why reading or writing failed, in a few words for the middle of a sentence. */
public final class Reason {
  private Reason() {}

  public static String of(Exception failure) {
    return switch (failure) {
      case JacksonException json -> Table.oneLine(json.getOriginalMessage());
      case NoSuchFileException _ -> "it does not exist";
      case AccessDeniedException _ -> "access is denied";
      default -> Table.oneLine(String.valueOf(failure.getMessage()));
    };
  }
}
