package io.ruche.manifest.stubs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.manifest.AbiFunction;
import io.ruche.manifest.AbiValue;
import io.ruche.manifest.Bytes;
import io.ruche.manifest.Call;
import io.ruche.manifest.Samples;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compiles the generated classes as strictly as this repository compiles its own. */
class JavaClientTest {
  static final List<String> NAMES = Samples.NAMES;

  @TempDir
  Path folder;

  @ParameterizedTest
  @FieldSource("NAMES")
  void generatedClassCompilesWithoutWarning(String sample) throws Exception {
    assertThat(compile(Generated.java(sample))).isEmpty();
  }

  @Test
  void callEncodesItsArgumentsAndReadsItsAnswer() throws Exception {
    assertThat(compile(Generated.java("chess"))).isEmpty();
    var board = new Bytes("0x" + "12".repeat(32));
    var function = AbiFunction.parse("outcome(bytes32,uint256)(uint8)");

    var call = call("Chess", "outcome", board, BigInteger.TEN);

    var arguments = List.of(AbiValue.of(board), AbiValue.of(10));
    assertThat(call.calldata()).isEqualTo(function.encodeCall(arguments));
    assertThat(call.decode(function.encodeAnswer(List.of(AbiValue.of(2))))).isEqualTo(2);
    assertThat(call.params().args()).startsWith("0x");
    assertThat(call).hasToString("outcome " + board + " 10");
  }

  @Test
  void severalResultsAreARecord() throws Exception {
    assertThat(compile(Generated.java("chess"))).isEmpty();
    var board = new Bytes("0x" + "12".repeat(32));

    var call = call("Chess", "play", board, BigInteger.ONE, 7);

    byte[] answer = call.function()
        .encodeAnswer(
            List.of(AbiValue.of(true), AbiValue.of(board), AbiValue.of(1), AbiValue.of(2)));
    assertThat(call.decode(answer))
        .hasToString("PlayAnswer[legal=true, board=%s, state=1, outcome=2]".formatted(board));
  }

  @Test
  void listsAndLongsKeepTheirKinds() throws Exception {
    assertThat(compile(Generated.java("every-type"))).isEmpty();
    var bytes = List.of(new Bytes("0x01"), new Bytes("0x"));
    var hashes = List.of(new Bytes("0x" + "ab".repeat(32)));

    var call = call(
        "EveryType",
        "lists",
        List.of(true),
        List.of(),
        List.of(255),
        List.of(BigInteger.TWO),
        List.of(-1L),
        bytes,
        List.of("a", ""),
        hashes);

    byte[] echo = call.function().encodeAnswer(call.function().decodeCall(call.calldata()));
    assertThat(call.decode(echo))
        .hasToString("ListsAnswer[flags=[true], accounts=[], smalls=[255], wides=[2], longs=[-1],"
            + " blobs=[0x01, 0x], texts=[a, ], hashes=[0x%s]]".formatted("ab".repeat(32)));
  }

  /** What the compiler says; empty when all is well. */
  private String compile(Stub stub) throws IOException {
    var file = folder.resolve(stub.path());
    Files.createDirectories(file.getParent());
    Files.writeString(file, stub.source());
    var said = new StringWriter();
    var options = List.of(
        "-Xlint:all,-processing,-serial,-classfile,-requires-automatic",
        "-Xdoclint:all,-missing",
        "-Werror",
        "-proc:none",
        "-d",
        folder.toString(),
        "-classpath",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean isCompiled = compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjects(file))
          .call();
      return isCompiled ? said.toString() : "failed: " + said;
    }
  }

  private Call<?> call(String type, String function, Object... arguments) throws Exception {
    try (var loader = new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, JavaClientTest.class.getClassLoader())) {
      for (var method : loader.loadClass("org.example." + type).getMethods()) {
        if (method.getName().equals(function)) {
          return (Call<?>) method.invoke(null, arguments);
        }
      }
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
    throw new IllegalArgumentException("no function " + function);
  }
}
