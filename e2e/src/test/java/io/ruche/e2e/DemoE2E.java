package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.settings.Home;
import io.ruche.liar.LiarMain;
import java.io.File;
import java.math.BigDecimal;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code ruche demo} as a newcomer's script would call it. */
class DemoE2E {
  private static final int TASKS = 12;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void demonstrationKeepsItsPromises() throws Exception {
    var outcome = new CommandLine(new Home(folder.resolve("home")))
        .withProperty("ruche.liar", liar())
        .program("demo", "--output-dir", folder.resolve("out").toString());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).as("one JSON object and nothing else").hasLineCount(1);
    var json = outcome.json();
    assertThat(json.path("deals")).hasSize(1);
    assertThat(json.at("/tasks/total").asInt()).isEqualTo(TASKS);
    assertThat(json.at("/tasks/completed").asInt()).isEqualTo(TASKS);
    assertThat(json.path("verified").asInt()).isEqualTo(TASKS);
    assertThat(json.path("conserved").asBoolean()).isTrue();
    assertThat(json.path("seconds").asDouble()).isPositive();
    assertPlotted(Path.of(json.path("plot").asText()));
    assertPaid(json);
  }

  private static void assertPlotted(Path plot) throws Exception {
    assertThat(plot).startsWith(plot.getParent()).isNotEmptyFile();
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var root = factory.newDocumentBuilder().parse(plot.toFile()).getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("text").getLength()).isGreaterThan(TASKS);
  }

  /** What one loses another gets, and the liar loses what it staked at least. */
  private static void assertPaid(JsonNode json) {
    var sum = BigDecimal.ZERO;
    var liar = BigDecimal.ZERO;
    for (var payment : json.path("payments")) {
      var amount = new BigDecimal(payment.path("amount").asText());
      sum = sum.add(amount);
      if (payment.path("address").equals(json.at("/liar/address"))) {
        liar = amount;
      }
    }
    var lost = new BigDecimal(json.at("/liar/stakeLost").asText());
    assertThat(json.path("payments")).hasSizeGreaterThan(4);
    assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(lost).isPositive();
    assertThat(liar).isEqualByComparingTo(lost.negate());
  }

  /** The folder or jar of the worker that lies. */
  private static String liar() throws Exception {
    var place = LiarMain.class.getProtectionDomain().getCodeSource().getLocation();
    return new File(place.toURI()).getPath();
  }
}
