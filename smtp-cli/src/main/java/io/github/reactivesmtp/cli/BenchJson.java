package io.github.reactivesmtp.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.TlsDetails;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a load came to, for programs: one JSON object in one line. */
final class BenchJson {

  /** The name of this client where figures of several stand beside each other. */
  private static final String PEER = "reactive-smtp";

  private final BenchSetup setup;
  private final BenchFigures figures;
  private final JsonGenerator json;

  private BenchJson(BenchSetup setup, BenchFigures figures, JsonGenerator json) {
    this.setup = setup;
    this.figures = figures;
    this.json = json;
  }

  static void print(BenchSetup setup, BenchFigures figures, PrintStream out) throws IOException {
    JsonLine.print(out, json -> new BenchJson(setup, figures, json).write());
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("peer", PEER);
    json.writeNumberField("n", figures.messages());
    json.writeNumberField("size", setup.octets());
    json.writeNumberField("rcpts", setup.recipients());
    json.writeNumberField("conns", setup.sending().connections());
    decimal("seconds", figures.seconds());
    decimal("msgs_per_s", figures.messagesPerSecond());
    decimal("mb_per_s", figures.megabytesPerSecond(setup.octets()));
    decimal("cpu_seconds_of_client_process", figures.cpuSeconds());
    decimal("cpu_us_per_msg", figures.cpuMicrosPerMessage());
    number("peak_rss_kb", MachineFacts.peakResidentKib());
    json.writeNumberField("errors", figures.errors());
    for (BenchPercentile percentile : BenchPercentile.values()) {
      decimal(percentile.name().toLowerCase(Locale.ROOT) + "_ms", percentile.millis(figures));
    }
    outcomes();
    refusals();
    json.writeStringField("server", setup.connection().toString());
    tls(figures.server().tls());
    json.writeStringField("mode", setup.sending().pipelining());
    boolean streaming = setup.sending().mode() == Pipelining.STREAMING;
    number("window", streaming ? (long) setup.sending().window() : null);
    decimal("rate", setup.isPaced() ? setup.sending().rate() : null);
    json.writeStringField("body", setup.body());
    json.writeNumberField("warmup_n", figures.warmedUp());
    json.writeNumberField("conns_opened", figures.connections());
    json.writeEndObject();
  }

  private void outcomes() throws IOException {
    json.writeObjectFieldStart("outcomes");
    for (Outcome outcome : Outcome.values()) {
      json.writeNumberField(outcome.name(), figures.tally().of(outcome));
    }
    json.writeEndObject();
  }

  private void refusals() throws IOException {
    json.writeArrayFieldStart("refusals");
    for (BenchRefusals.Kind kind : figures.refusals()) {
      json.writeStartObject();
      json.writeNumberField("n", kind.count());
      json.writeStringField("example", kind.example());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void tls(@Nullable TlsDetails tls) throws IOException {
    if (tls == null) {
      json.writeNullField("tls");
      return;
    }
    json.writeObjectFieldStart("tls");
    json.writeStringField("protocol", tls.protocol());
    json.writeStringField("cipher", tls.cipherSuite());
    json.writeBooleanField("verified", tls.isVerified());
    json.writeEndObject();
  }

  private void number(String field, @Nullable Long value) throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }

  private void decimal(String field, @Nullable Double value) throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP));
    }
  }
}
