package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.benchmarks.clients.JavaPeer.Setup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The table, the JSON and the chart. */
class ReportsTest {

  private static final Peer ANGUS = Samples.peer(Setup.ANGUS);
  private static final Peer VERTX = Samples.peer(Setup.VERTX);
  private static final Peer GROUPED = Samples.peer(Setup.GROUPED);
  private static final Peer LIMIT = new CommandPeer("a <limit> & more", "limit {port}");

  private static final List<Run> RUNS =
      List.of(
          Samples.run(Samples.ONE, ANGUS, 1, 400),
          Samples.run(Samples.ONE, VERTX, 1, Samples.figures(1), "lost | 5\nand more"),
          Samples.run(Samples.ONE, GROUPED, 1, 1600),
          Samples.run(Samples.ONE, LIMIT, 1, 3200),
          Samples.run(Samples.FAR, ANGUS, 1, 10),
          Samples.run(Samples.FAR, GROUPED, 1, 12_000));

  private static Map<LoadCase, List<Summary>> cases(List<Run> runs) {
    return ComparisonTable.byCase(Summary.of(runs));
  }

  @Test
  void tableHasTheFastestFirstAndRatiosToOurs() {
    String table = ComparisonTable.table(Summary.of(RUNS.subList(0, 4)));
    List<String> rows = table.lines().skip(2).toList();
    assertThat(rows)
        .satisfiesExactly(
            row -> assertThat(row).startsWith("| a <limit> & more | 3,200 |").contains("0.500 ×"),
            row ->
                assertThat(row)
                    .isEqualTo(
                        "| reactive-smtp GROUPED | 1,600 | 1,600…1,600 | 1.64 | 313 | 1.50 | 2.50"
                            + " | 2.00 | 1.00 × | all 1,610, checked |"),
            row -> assertThat(row).startsWith("| Angus Mail | 400 |").contains("4.00 ×"),
            row -> assertThat(row).contains("vertx").endsWith("| **WRONG: lost \\| 5** |"));
  }

  @Test
  void pageSaysWhatTheFiguresWereMadeOn() {
    String page =
        ComparisonTable.page(Samples.results(RUNS), Map.of("angus", List.of("angus-mail-2.0.5")));
    assertThat(page)
        .contains("2026-11-25T00:00:00Z. 2 cores (A processor), A system, A Java")
        .contains("## 1 connection, 1 KiB, 1 recipient\n")
        .contains("## 16 connections, 100 KiB, 50 recipients, round trip of 100 ms\n")
        .contains("- angus: angus-mail-2.0.5\n");
  }

  @Test
  void numbersHaveThreeDigitsThatCount() {
    assertThat(ComparisonTable.number(1234.5)).isEqualTo("1,235");
    assertThat(ComparisonTable.number(12.345)).isEqualTo("12.3");
    assertThat(ComparisonTable.number(1.2345)).isEqualTo("1.23");
    assertThat(ComparisonTable.number(0.12345)).isEqualTo("0.123");
    assertThat(ComparisonTable.number(0)).isEqualTo("0");
    assertThat(ComparisonTable.number(Double.NaN)).isEqualTo("–");
  }

  @Test
  void jsonHasEachRunAndSaysWhetherAllCount() throws IOException {
    String json = ResultsJson.write(Samples.results(RUNS));
    assertThat(json)
        .contains("\"sound\" : false")
        .contains("\"peer\" : \"a <limit> & more\"")
        .contains("\"problem\" : \"lost | 5\\nand more\"")
        .contains("\"msgs_per_s\" : 12000.0");
    assertThat(json.split("\"round\" :", -1)).hasSize(RUNS.size() + 1);
    assertThat(FlatJson.parse(json).strings()).containsEntry("date", "2026-11-25T00:00:00Z");
    assertThat(ResultsJson.write(Samples.results(RUNS.subList(4, 6)))).contains("\"sound\" : true");
  }

  @Test
  void jsonHasNothingForWhatIsNotKnown() throws IOException {
    Run run =
        new Run(
            Samples.ONE,
            LIMIT,
            1,
            new Figures(5, 1, Double.NaN, -1, 0, Double.NaN, Double.NaN, 0),
            null);
    assertThat(ResultsJson.write(Samples.results(List.of(run)))).contains("\"p50_ms\" : null");
  }

  @Test
  void chartHasABarForEachSenderThatCountsAndItsLengthIsItsRate() throws Exception {
    Document chart = xml(BarChart.of(cases(RUNS.subList(0, 4))));
    List<Element> bars = elements(chart, "rect");
    assertThat(bars.stream().map(bar -> bar.getAttribute("class")))
        .containsExactly("command", "ours", "rival");
    assertThat(bars.stream().map(bar -> Double.parseDouble(bar.getAttribute("width"))))
        .containsExactly(420.0, 210.0, 52.5);
    assertThat(texts(chart))
        .contains("a <limit> & more", "Angus Mail", "1,600", "messages a second")
        .doesNotContain("vertx-mail-client");
  }

  @Test
  void chartSaysThatItsScaleIsLogarithmic() throws Exception {
    Document chart = xml(BarChart.of(cases(RUNS.subList(4, 6))));
    assertThat(texts(chart)).contains("messages a second, logarithmic", "1", "10", "10,000");
    assertThat(elements(chart, "rect"))
        .allSatisfy(
            bar -> assertThat(Double.parseDouble(bar.getAttribute("width"))).isBetween(1.0, 420.0));
  }

  @Test
  void chartOfAllHasEachCaseBelowTheOther() throws Exception {
    Document chart = xml(BarChart.of(cases(RUNS)));
    assertThat(texts(chart)).contains(Samples.ONE.title(), Samples.FAR.title());
    assertThat(elements(chart, "rect")).hasSize(5);
  }

  @Test
  void chartReadsWellInTheDark() {
    assertThat(BarChart.of(cases(RUNS))).contains("@media (prefers-color-scheme: dark)");
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Document document) {
    return elements(document, "text").stream().map(Element::getTextContent).toList();
  }
}
