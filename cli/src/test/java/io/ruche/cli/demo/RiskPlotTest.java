package io.ruche.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class RiskPlotTest {
  private static final RiskEstimate DAY = new RiskEstimate(1, 100, 0.02, 0.03, 0.035, 0.05);
  private static final RiskEstimate YEAR = new RiskEstimate(252, 100, 0.25, 0.32, 0.38, 0.44);

  @Test
  void drawingIsWellFormedAndHasAPointPerEstimateAndSeries() throws Exception {
    var svg = RiskPlot.svg("Risk <S&P 500>", "one & all", List.of(YEAR, DAY));

    var document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(8);
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("Risk <S&P 500>");
  }

  @Test
  void largerLossIsDrawnHigher() {
    var svg = RiskPlot.svg("t", "s", List.of(DAY, YEAR));

    var points = svg.lines().filter(l -> l.contains("polyline")).findFirst().orElseThrow();
    var ys = points.replaceAll(".*points=\"([^\"]*)\".*", "$1").split("[ ,]", -1);
    assertThat(Double.parseDouble(ys[3])).isLessThan(Double.parseDouble(ys[1]));
  }

  @Test
  void nothingToDrawIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> RiskPlot.svg("t", "s", List.of()));
  }
}
