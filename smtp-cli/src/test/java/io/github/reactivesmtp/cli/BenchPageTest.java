package io.github.reactivesmtp.cli;

import static io.github.reactivesmtp.cli.BenchFixture.figures;
import static io.github.reactivesmtp.cli.BenchFixture.rejected;
import static io.github.reactivesmtp.cli.BenchFixture.setup;
import static io.github.reactivesmtp.cli.CheckFixture.facts;
import static io.github.reactivesmtp.cli.CheckFixture.inClear;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendPhase;
import java.io.StringReader;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class BenchPageTest {

  private static final Pattern PLOT = Pattern.compile("(?s)<svg .*?</svg>");
  private static final ZonedDateTime WHEN =
      ZonedDateTime.of(2026, 6, 1, 12, 0, 0, 0, ZoneOffset.UTC);

  @Test
  void showsBothPlotsAndAllThatMatters() throws Exception {
    String page = page(figures(500, facts(inClear("PIPELINING", "SIZE 1000"))));
    List<String> plots = PLOT.matcher(page).results().map(found -> found.group()).toList();
    assertThat(plots).hasSize(2);
    Document throughput = parse(plots.get(0));
    assertThat(throughput.getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("Messages a second over time");
    assertThat(plots.get(0)).contains("class=\"area\"", "class=\"line\"").doesNotContain("bad");
    Document latency = parse(plots.get(1));
    assertThat(latency.getElementsByTagName("rect").getLength()).isPositive();
    assertThat(plots.get(1)).contains(">p50 ", ">p90 ", ">p99 ", ">p99.9 ", ">max ");
    assertThat(page)
        .contains("<b>500</b><span>messages/s</span>")
        .contains("<td>220 mail.example ready</td>", "<td>PIPELINING, SIZE</td>")
        .contains("<th>Processors</th>", "<th>JVM</th>", "<th>Sockets</th>")
        .contains("2026-06-01T12:00:00Z")
        .contains("<pre>smtp bench --to &#39;{n}@x.de&#39; --size 1k</pre>");
  }

  @Test
  void readsWellInLightAndDark() {
    String page = page(figures(1, facts()));
    assertThat(page)
        .contains("color-scheme: light dark", "@media (prefers-color-scheme: dark)")
        .contains("background: var(--paper); color: var(--ink)");
    // Else a colour would be right for one of both only.
    assertThat(PLOT.matcher(page).results().map(found -> found.group()))
        .noneMatch(plot -> plot.contains("#") || plot.contains("style="));
  }

  @Test
  void standsAlone() {
    assertThat(page(figures(1, facts())))
        .doesNotContain("<script", "http://", "https://", "src=", "url(", "@import", "<link")
        .contains("default-src 'none'");
  }

  @Test
  void nothingOfAServerIsReadAsHtml() {
    String evil = "5.7.1 <script>alert('x')</script> \u001B[31m\u202E&\"";
    String page = page(figures(3, facts(inClear("X-<b>\u0007")), rejected(evil)));
    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; \\u001b[31m\\u202e&amp;&quot;")
        .contains("X-&lt;B&gt;\\x07")
        .doesNotContain("<script", "X-<", "\u001B", "\u202E", "\u0007");
    assertThat(page)
        .contains("class=\"line bad\"", "not accepted</text>", "<b class=\"bad\">1</b>");
  }

  @Test
  void nothingAnsweredIsNoPlotOfLatencies() {
    String page =
        page(
            BenchFixture.figures(
                0,
                facts(),
                BenchFixture.result(Outcome.UNKNOWN, null, SendPhase.END_OF_CONTENT, null)));
    assertThat(page).contains("No message was answered.");
    Matcher plots = PLOT.matcher(page);
    assertThat(plots.results()).hasSize(1);
  }

  @Test
  void nothingMeasuredIsNoPlot() {
    assertThat(page(figures(0, facts())))
        .contains("Nothing was measured")
        .doesNotContain("<svg", "NaN");
  }

  @Test
  void aShellReadsTheCommandAsItWas() {
    assertThat(BenchPage.quoted("--size=1k")).isEqualTo("--size=1k");
    assertThat(BenchPage.quoted("")).isEqualTo("''");
    assertThat(BenchPage.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
  }

  private static String page(BenchFigures figures) {
    return BenchPage.of(
        setup("--server", "mail.example:2525", "--tls", "none"),
        figures,
        List.of("bench", "--to", "{n}@x.de", "--size", "1k"),
        WHEN);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
