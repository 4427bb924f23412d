package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DealParamsTest {
  private static final Sha256 SHA = new Sha256("0x" + "ab".repeat(32));

  @Test
  void textThatIsNoJsonObjectIsTheArguments() {
    assertThat(DealParams.parse("--days 3").args()).isEqualTo("--days 3");
    assertThat(DealParams.parse("[1,2]").args()).isEqualTo("[1,2]");
    assertThat(DealParams.parse("  ").args()).isEmpty();
  }

  @Test
  void standardKeysAloneAreWrittenWhenTheySuffice() {
    assertThat(DealParams.ofArgs("a b").toJson())
        .isEqualTo("{\"iexec_args\":\"a b\",\"iexec_result_storage_provider\":\"ipfs\"}");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    var params = new DealParams(
        "x",
        List.of("https://example.org/a"),
        List.of(new DealParams.Input("https://example.org/b", SHA, "b.csv")),
        new Needs(true, true, new MachineNeeds(4, 2_048, 10_000, "amd64", "hospital")),
        5_000_000_000L,
        600,
        90,
        true);

    assertThat(DealParams.parse(params.toJson())).isEqualTo(params);
  }

  /** What contracts write, word for word. */
  @Test
  void aContractAsksForFailures() {
    var params = "{\"iexec_args\":\"0x1234\",\"ruche\":{\"failureCallback\":true}}";

    assertThat(DealParams.parse(params))
        .isEqualTo(new DealParams("0x1234", List.of(), List.of(), Needs.NONE, 0, true));
    assertThat(DealParams.asksForFailures(params)).isTrue();
    assertThat(DealParams.asksForFailures("plain words")).isFalse();
    assertThat(DealParams.asksForFailures("{\"ruche\":{\"failureCallback\":1}}"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"iexec_argz\":\"x\"}",
        "{\"iexec_args\":7}",
        "{\"iexec_input_files\":[1]}",
        "{\"ruche\":7}",
        "{\"ruche\":{\"neds\":{}}}",
        "{\"ruche\":{\"needs\":{\"gpu\":1}}}",
        "{\"ruche\":{\"needs\":{\"gpus\":true}}}",
        "{\"ruche\":{\"needs\":true}}",
        "{\"ruche\":{\"needs\":{\"cpu\":0}}}",
        "{\"ruche\":{\"needs\":{\"cpu\":1025}}}",
        "{\"ruche\":{\"needs\":{\"memoryMiB\":1.5}}}",
        "{\"ruche\":{\"needs\":{\"memoryMiB\":\"2048\"}}}",
        "{\"ruche\":{\"needs\":{\"diskMiB\":9223372036854775808}}}",
        "{\"ruche\":{\"needs\":{\"arch\":\"AMD 64\"}}}",
        "{\"ruche\":{\"needs\":{\"group\":7}}}",
        "{\"ruche\":{\"failureCallback\":\"yes\"}}",
        "{\"ruche\":{\"limits\":5}}",
        "{\"ruche\":{\"limits\":{\"fuels\":5}}}",
        "{\"ruche\":{\"limits\":{\"fuel\":0}}}",
        "{\"ruche\":{\"limits\":{\"runSeconds\":0}}}",
        "{\"ruche\":{\"limits\":{\"runSeconds\":100000001}}}",
        "{\"ruche\":{\"limits\":{\"queueSeconds\":0}}}",
        "{\"ruche\":{\"limits\":{\"fuel\":1.5}}}",
        "{\"ruche\":{\"limits\":{\"fuel\":\"5G\"}}}",
        "{\"ruche\":{\"limits\":{\"fuel\":9223372036854775808}}}",
        "{\"ruche\":{\"inputs\":[{\"uri\":\"https://a\"}]}}",
        "{\"iexec_result_encryption\":true}"
      })
  void keysAndValuesThatAreNotUnderstoodAreRefused(String params) {
    assertThatIllegalArgumentException().isThrownBy(() -> DealParams.parse(params));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "", ".hidden", "a\\u0000"})
  void inputNamesStayInsideTheirFolder(String name) {
    var params =
        "{\"ruche\":{\"inputs\":[{\"uri\":\"https://a\",\"sha256\":\"%s\",\"name\":\"%s\"}]}}"
            .formatted(SHA, name);

    assertThatIllegalArgumentException().isThrownBy(() -> DealParams.parse(params));
  }

  @Test
  void longParamsAreRefused() {
    var params = "x".repeat(DealParams.MAX_LENGTH + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DealParams.parse(params))
        .withMessageContaining("16384");
  }
}
