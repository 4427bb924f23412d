package io.ruche.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import io.ruche.sandbox.Access;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WirePropertyTest {
  @Property(tries = 200)
  void messagesComeBackAsTheyWereWritten(@ForAll("messages") Message message) throws IOException {
    assertThat(read(write(message))).isEqualTo(message);
  }

  @Property(tries = 500)
  void damagedFramesAreRefusedOrReadButNeverBreakTheReader(
      @ForAll("messages") Message message, @ForAll int position, @ForAll byte value)
      throws IOException {
    byte[] frame = write(message);
    frame[Math.floorMod(position, frame.length)] = value;

    try {
      assertThat(read(frame)).isNotNull();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  @Property(tries = 200)
  void cutFramesAreRefused(@ForAll("messages") Message message, @ForAll int length)
      throws IOException {
    byte[] frame = write(message);
    byte[] cut = Arrays.copyOf(frame, Math.floorMod(length, frame.length));

    assertThat(catchThrowable(() -> read(cut))).isInstanceOf(IOException.class);
  }

  @Provide
  Arbitrary<Message> messages() {
    var numbers = Arbitraries.longs();
    return Arbitraries.oneOf(
        Combinators.combine(numbers, requests()).as(Message.Run::new),
        numbers.map(Message.Cancel::new),
        Arbitraries.just(new Message.Ready("engine", true)),
        Combinators.combine(
                Arbitraries.of(LogStream.class), Arbitraries.bytes().array(byte[].class))
            .as((stream, bytes) -> new Message.Logged(stream, ByteBuffer.wrap(bytes))),
        Combinators.combine(numbers, outcomes(), Arbitraries.of(true, false))
            .as(Message.Done::new));
  }

  private static Arbitrary<RunRequest> requests() {
    var texts = Arbitraries.strings()
        .ofMaxLength(20)
        .filter(text ->
            text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text));
    Arbitrary<Map<String, String>> env =
        Arbitraries.maps(Arbitraries.of("A", "B_1", "IEXEC_OUT"), texts);
    return Combinators.combine(texts, texts.list().ofMaxSize(5), env)
        .as((seed, args, variables) -> new RunRequest(
            new RunRequest.App.AppFile(Path.of("/apps/a.wasm"), Sha256.ABSENT),
            seed,
            args,
            new TreeMap<>(variables),
            Path.of("/tasks/1/in"),
            Path.of("/tasks/1/out"),
            new RunLimits(Duration.ofSeconds(3), 4, 5, 6),
            Access.NONE));
  }

  private static Arbitrary<RunOutcome> outcomes() {
    var logs = new RunLogs("hello", "wörld", 3);
    return Arbitraries.oneOf(
        Arbitraries.just(new RunOutcome.Finished(logs, OptionalLong.of(7))),
        Arbitraries.of(FailureCode.class)
            .map(code -> new RunOutcome.Failed(code, 7, "why " + code, logs)));
  }

  private static byte[] write(Message message) throws IOException {
    var bytes = new ByteArrayOutputStream();
    new MessageWriter(bytes).write(message);
    return bytes.toByteArray();
  }

  private static Message read(byte[] frame) throws IOException {
    return new MessageReader(new ByteArrayInputStream(frame)).read();
  }
}
