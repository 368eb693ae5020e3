package io.github.reactivesmtp.benchmarks.clients;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/** All results in JSON, for other programs. */
final class ResultsJson {

  private ResultsJson() {}

  static String write(Results results) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("date", results.date().toString());
      machine(json, results.machine());
      plan(json, results.plan());
      json.writeBooleanField("sound", results.isSound());
      json.writeArrayFieldStart("summaries");
      for (Summary summary : results.summaries()) {
        summary(json, summary);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("runs");
      for (Run run : results.runs()) {
        run(json, run);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void machine(JsonGenerator json, Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeNumberField("cores", machine.cores());
    json.writeStringField("processor", machine.processor());
    json.writeStringField("java", machine.java());
    json.writeStringField("system", machine.system());
    number(json, "load_average", machine.load());
    json.writeEndObject();
  }

  private static void plan(JsonGenerator json, Plan plan) throws IOException {
    json.writeObjectFieldStart("plan");
    json.writeNumberField("rounds", plan.rounds());
    json.writeNumberField("warmup_seconds", plan.bounds().warmupSeconds());
    json.writeNumberField("seconds", plan.bounds().seconds());
    json.writeNumberField("messages", plan.bounds().messages());
    json.writeStringField("sink", plan.sink());
    json.writeStringField("jvm_options", String.join(" ", plan.jvmOptions()));
    json.writeEndObject();
  }

  private static void summary(JsonGenerator json, Summary summary) throws IOException {
    start(json, summary.load(), summary.peer());
    json.writeNumberField("rounds", summary.rounds());
    number(json, "msgs_per_s", summary.messagesPerSecond());
    number(json, "msgs_per_s_lowest", summary.lowest());
    number(json, "msgs_per_s_highest", summary.highest());
    number(json, "cpu_us_per_msg", summary.cpuMicros());
    number(json, "p50_ms", summary.p50Millis());
    number(json, "p99_ms", summary.p99Millis());
    number(json, "peak_rss_kb", summary.peakRssKib());
    json.writeNumberField("msgs_in_sink", summary.messages());
    json.writeArrayFieldStart("problems");
    for (String problem : summary.problems()) {
      json.writeString(problem);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void run(JsonGenerator json, Run run) throws IOException {
    start(json, run.load(), run.peer());
    json.writeNumberField("round", run.round());
    json.writeStringField("problem", run.problem());
    Figures figures = run.figures();
    if (figures != null) {
      json.writeNumberField("n", figures.messages());
      json.writeNumberField("warmup_n", figures.warmupMessages());
      number(json, "seconds", figures.seconds());
      number(json, "msgs_per_s", figures.messagesPerSecond());
      number(json, "cpu_seconds_of_client_process", figures.cpuSeconds());
      json.writeNumberField("peak_rss_kb", figures.peakRssKib());
      json.writeNumberField("errors", figures.errors());
      number(json, "p50_ms", figures.p50Millis());
      number(json, "p99_ms", figures.p99Millis());
    }
    json.writeEndObject();
  }

  private static void start(JsonGenerator json, LoadCase load, Peer peer) throws IOException {
    json.writeStartObject();
    json.writeStringField("case", load.name());
    json.writeNumberField("conns", load.connections());
    json.writeNumberField("size", load.size());
    json.writeNumberField("rcpts", load.recipients());
    json.writeNumberField("delay_ms", load.delayMillis());
    json.writeStringField("peer", peer.label());
  }

  /** JSON knows no NaN. */
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
