package io.ruche.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ruche.core.RucheException;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts on errors by their code. */
final class Failures {
  private Failures() {}

  /** The error of the call, which must have this code and tell what to do. */
  static RucheException assertFails(TransferCode code, ThrowingCallable call) {
    var error = catchThrowableOfType(RucheException.class, call);
    assertThat(error).as("an error " + code).isNotNull();
    assertThat(error.code()).as(error.sentence()).isEqualTo(code.name());
    assertThat(error.hint()).as("hint of " + error.sentence()).isNotEmpty();
    return Objects.requireNonNull(error);
  }
}
