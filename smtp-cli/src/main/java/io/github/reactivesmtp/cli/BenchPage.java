package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.TlsDetails;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a load came to, as a page that stands alone: it loads nothing and runs no script. */
final class BenchPage {

  private final BenchSetup setup;
  private final BenchFigures figures;
  private final StringBuilder html = new StringBuilder();

  private BenchPage(BenchSetup setup, BenchFigures figures) {
    this.setup = setup;
    this.figures = figures;
  }

  /**
   * The page.
   *
   * @param arguments of the command
   */
  static String of(
      BenchSetup setup, BenchFigures figures, List<String> arguments, ZonedDateTime when) {
    BenchPage page = new BenchPage(setup, figures);
    page.head(when);
    page.tiles();
    page.plots();
    page.outcomes();
    page.configuration();
    page.machine();
    page.command(arguments);
    return page.html.append("</body>\n</html>\n").toString();
  }

  private void head(ZonedDateTime when) {
    String server = Html.escape(setup.connection().toString());
    add(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>smtp bench: %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>smtp bench: %s</h1>
        <p class="soft">%s</p>
        <p>%,d messages in %.1f s%s: %s</p>
        """,
        server,
        style(),
        server,
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(when.truncatedTo(ChronoUnit.SECONDS)),
        figures.messages(),
        figures.seconds(),
        figures.warmedUp() == 0
            ? ""
            : String.format(Locale.ROOT, ", after %,d to warm up", figures.warmedUp()),
        Html.escape(String.join(", ", setup.words())));
    for (String note : BenchNotes.of(setup, figures)) {
      add("<p class=\"soft\">Note: %s</p>%n", Html.escape(note));
    }
  }

  private static String style() {
    try (InputStream css = BenchPage.class.getResourceAsStream("bench.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tiles() {
    add("<div class=\"tiles\">%n");
    tile(rounded(figures.messagesPerSecond()), "messages/s");
    tile(rounded(figures.megabytesPerSecond(setup.octets())), "MB/s");
    tile(rounded(figures.cpuMicrosPerMessage()) + " µs", "CPU/message");
    tile(rounded(BenchPercentile.P50.millis(figures)) + " ms", "latency p50");
    tile(rounded(BenchPercentile.P99.millis(figures)) + " ms", "latency p99");
    add(
        "<div class=\"tile\"><b%s>%,d</b><span>not accepted</span></div>%n",
        figures.errors() > 0 ? " class=\"bad\"" : "", figures.errors());
    add("</div>%n");
  }

  private void tile(String figure, String label) {
    add("<div class=\"tile\"><b>%s</b><span>%s</span></div>%n", figure, label);
  }

  /** In about three digits, or as many as stand before the point. */
  private static String rounded(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private void plots() {
    if (figures.messages() == 0) {
      heading("Nothing was measured");
      return;
    }
    heading("Throughput");
    plot(ThroughputPlot.of(figures.timeline().points()));
    heading("Latency, from " + (setup.isPaced() ? "due" : "taken") + " to answered");
    if (figures.latencies().getTotalCount() == 0) {
      add("<p>No message was answered.</p>%n");
      return;
    }
    plot(LatencyPlot.of(figures));
    add("<table>%n");
    for (BenchPercentile percentile : BenchPercentile.values()) {
      row(percentile.label(), String.format(Locale.ROOT, "%,.3f ms", percentile.millis(figures)));
    }
    add("</table>%n");
  }

  private void plot(String svg) {
    html.append("<div class=\"plot\">\n").append(svg).append("</div>\n");
  }

  private void outcomes() {
    heading("Outcomes");
    add("<table>%n");
    for (Outcome outcome : Outcome.values()) {
      if (figures.tally().of(outcome) > 0) {
        counted(figures.tally().of(outcome), outcome + ": " + Tally.meaning(outcome));
      }
    }
    add("</table>%n");
    if (!figures.refusals().isEmpty()) {
      heading("Not accepted, an example of each kind");
      add("<table>%n");
      figures.refusals().forEach(kind -> counted(kind.count(), kind.example()));
      if (figures.otherRefusals() > 0) {
        counted(figures.otherRefusals(), "of other kinds");
      }
      add("</table>%n");
    }
  }

  private void configuration() {
    heading("Configuration");
    add("<table>%n");
    row("Server", setup.connection().toString());
    row("Greeting", orNone(figures.server().greeting()));
    row("Extensions", extensions());
    row("Encryption", encryption(figures.server().tls()));
    row("Authentication", orNone(figures.server().mechanism()));
    row("Messages", String.join(", ", setup.words()) + ", body " + setup.body());
    row("End", setup.limit().toString());
    row(
        "Warm-up",
        setup.warmup().equals(BenchLimit.NONE)
            ? "none"
            : String.format(Locale.ROOT, "%s: %,d messages", setup.warmup(), figures.warmedUp()));
    row("Connections", figures.connections() + " opened");
    add("</table>%n");
  }

  private String extensions() {
    String keywords = String.join(", ", figures.server().offered().keywords());
    return keywords.isEmpty() ? "none" : keywords;
  }

  private static String encryption(@Nullable TlsDetails tls) {
    return tls == null
        ? "none"
        : tls.protocol()
            + ", "
            + tls.cipherSuite()
            + (tls.isVerified() ? "" : ", certificate not verified");
  }

  private void machine() {
    heading("Machine of the client");
    add("<table>%n");
    row("Processors", MachineFacts.processor());
    row("System", MachineFacts.system());
    row("JVM", MachineFacts.java());
    row("Sockets", MachineFacts.transport());
    row("CPU time", String.format(Locale.ROOT, "%,.2f s", figures.cpuSeconds()));
    Long peak = MachineFacts.peakResidentKib();
    row(
        "Peak memory",
        peak == null ? "unknown" : String.format(Locale.ROOT, "%,d MiB resident", peak / 1024));
    add("</table>%n");
  }

  private void command(List<String> arguments) {
    if (!arguments.isEmpty()) {
      heading("The same once more");
      add(
          "<pre>smtp %s</pre>%n",
          Html.escape(arguments.stream().map(BenchPage::quoted).collect(Collectors.joining(" "))));
    }
  }

  /** As a POSIX shell takes it. */
  static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private void heading(String text) {
    add("<h2>%s</h2>%n", Html.escape(text));
  }

  private void row(String label, String text) {
    add("<tr><th>%s</th><td>%s</td></tr>%n", Html.escape(label), Html.escape(text));
  }

  private void counted(long count, String text) {
    add("<tr><td class=\"number\">%,d</td><td>%s</td></tr>%n", count, Html.escape(text));
  }

  private static String orNone(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }

  private void add(String format, Object... values) {
    html.append(String.format(Locale.ROOT, format, values));
  }
}
