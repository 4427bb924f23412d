package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class EnginePlotTest {
  /** Costs of 20, 40, 50 and 25 microseconds. */
  private static final EngineReport REPORT = new EngineReport(
      1_000,
      List.of(
          line(10, 10_000, 50_000),
          line(1_000, 10_000, 25_000),
          line(10_000, 20_000, 20_000),
          line(1_000, 1_000_000, 40_000)));

  @Test
  void thereIsOneChartForMachinesAndOneForTheQueue() throws Exception {
    var document = parsed(EnginePlot.svg(REPORT));

    assertThat(pointsOf(document, 0)).hasDimensions(3, 2);
    assertThat(pointsOf(document, 1)).hasDimensions(2, 2);
  }

  @Test
  void sizesGrowToTheRightByTheirDigitsAndCostsUpFromZero() throws Exception {
    var machines = pointsOf(parsed(EnginePlot.svg(REPORT)), 0);

    double toThousand = machines[1][0] - machines[0][0];
    double toTenThousand = machines[2][0] - machines[1][0];
    assertThat(toThousand).isCloseTo(2 * toTenThousand, within(0.2));
    double bottom = machines[0][1] + (machines[0][1] - machines[1][1]);
    assertThat(bottom - machines[2][1]).isCloseTo(2.5 * (bottom - machines[0][1]), within(0.5));
  }

  private static EngineReport.Line line(int workers, int queued, double perSecond) {
    return new EngineReport.Line(workers, queued, Sample.of(perSecond));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static double[][] pointsOf(Document document, int index) {
    var points = document
        .getElementsByTagName("polyline")
        .item(index)
        .getAttributes()
        .getNamedItem("points")
        .getNodeValue();
    return Arrays.stream(points.split(" ", -1))
        .map(pair ->
            Arrays.stream(pair.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }
}
