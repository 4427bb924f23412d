package io.ruche.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.agent.Fixtures;
import io.ruche.agent.chain.DealFacts;
import io.ruche.core.Address;
import io.ruche.core.Dataset;
import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.Sha256;
import org.junit.jupiter.api.Test;

class DealCaseTest {
  private static final Sha256 CHECKSUM = new Sha256("0x" + "77".repeat(32));

  private static DealFacts facts(String type, String params) {
    return Fixtures.facts(params, Fixtures.app(type, "http://app", CHECKSUM));
  }

  private static FailureCode codeOf(DealCase deal) {
    return ((DealCase.Hopeless) deal).failure().code();
  }

  @Test
  void textThatIsNoJsonIsTheCommandLine() {
    var deal = (DealCase.Feasible) DealCase.of(facts("WASM", "--days 'two words'"));

    assertThat(deal.args()).containsExactly("--days", "two words");
  }

  @Test
  void anotherTypeOfAppIsUnsupported() {
    assertThat(codeOf(DealCase.of(facts("JAR", "")))).isEqualTo(FailureCode.UNSUPPORTED);
    assertThat(codeOf(DealCase.of(facts("wasm", "")))).isEqualTo(FailureCode.UNSUPPORTED);
  }

  @Test
  void theRequesterMayLowerTheFuelOfTheCategoryAndNeverRaiseIt() {
    var most = ((DealCase.Feasible) DealCase.of(facts("WASM", "x"))).fuel();

    assertThat(most).isEqualTo(RunLimits.of(facts("WASM", "x").category()).fuel());
    assertThat(fuel(1)).isEqualTo(1);
    assertThat(fuel(most)).isEqualTo(most);
    assertThat(fuel(most + 1)).isEqualTo(most);
  }

  private static long fuel(long limit) {
    var params = "{\"ruche\":{\"limits\":{\"fuel\":%d}}}".formatted(limit);
    return ((DealCase.Feasible) DealCase.of(facts("WASM", params))).fuel();
  }

  @Test
  void paramsThatCannotBeReadAreInvalid() {
    assertThat(codeOf(DealCase.of(facts("WASM", "{\"iexec_argz\":\"x\"}"))))
        .isEqualTo(FailureCode.INVALID_PARAMS);
    assertThat(codeOf(DealCase.of(facts("WASM", "'open")))).isEqualTo(FailureCode.INVALID_PARAMS);
  }

  @Test
  void paramsAreJudgedBeforeTheType() {
    assertThat(codeOf(DealCase.of(facts("DOCKER", "'open")))).isEqualTo(FailureCode.INVALID_PARAMS);
  }

  @Test
  void variablesNameTheTaskTheBagAndTheInputs() {
    var dataset = new Dataset(Fixtures.DATASET, Address.ZERO, "d", "http://d", CHECKSUM);
    var app = Fixtures.app("WASM", "http://app", CHECKSUM);
    var params = "{\"iexec_args\":\"\",\"iexec_input_files\":[\"http://a\",\"http://b\"]}";
    var deal = (DealCase.Feasible) DealCase.of(Fixtures.facts(params, app, dataset));

    var variables = TaskEnvironment.of(deal, Fixtures.task(6), 6);

    assertThat(variables)
        .containsEntry("IEXEC_TASK_ID", Fixtures.task(6).hex())
        .containsEntry("IEXEC_DEAL_ID", Fixtures.DEAL.hex())
        .containsEntry("IEXEC_TASK_INDEX", "6")
        .containsEntry("IEXEC_IN", "/iexec_in")
        .containsEntry("IEXEC_OUT", "/iexec_out")
        .containsEntry("IEXEC_BOT_SIZE", "3")
        .containsEntry("IEXEC_BOT_FIRST_INDEX", "5")
        .containsEntry("IEXEC_BOT_TASK_INDEX", "6")
        .containsEntry("IEXEC_DATASET_ADDRESS", Fixtures.DATASET.hex())
        .containsEntry("IEXEC_DATASET_FILENAME", Fixtures.DATASET.hex())
        .containsEntry("IEXEC_INPUT_FILES_NUMBER", "2")
        .containsEntry("IEXEC_INPUT_FILES_FOLDER", "/iexec_in")
        .containsEntry("IEXEC_INPUT_FILE_NAME_1", TaskEnvironment.inputFileName("http://a"))
        .containsEntry("IEXEC_INPUT_FILE_NAME_2", TaskEnvironment.inputFileName("http://b"))
        .hasSize(14);
  }

  @Test
  void inputFilesAreNamedByTheHashOfTheirUrl() {
    assertThat(TaskEnvironment.inputFileName("abc"))
        .isEqualTo("0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
