package io.github.reactivesmtp.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.codec.Capabilities;
import java.io.IOException;
import java.io.PrintStream;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A {@link CheckReport} for programs: one JSON object in one line. */
final class CheckJson {

  private final CheckReport report;
  private final JsonGenerator json;

  private CheckJson(CheckReport report, JsonGenerator json) {
    this.report = report;
    this.json = json;
  }

  static void print(CheckReport report, PrintStream out) throws IOException {
    JsonLine.print(out, json -> new CheckJson(report, json).write());
  }

  private void write() throws IOException {
    ServerFacts seen = report.seen();
    json.writeStartObject();
    json.writeStringField("server", report.asked().toString());
    json.writeStringField("address", seen.address());
    json.writeStringField("greeting", text(seen.greeting()));
    extensions("extensions_in_clear", seen.inClear());
    extensions("extensions_over_tls", seen.overTls());
    tls(seen.tls());
    json.writeObjectFieldStart("auth");
    mechanisms("in_clear", seen.inClear());
    mechanisms("over_tls", seen.overTls());
    json.writeStringField("worked_by", report.mechanism());
    json.writeEndObject();
    limits(seen.offered());
    json.writeBooleanField("ok", report.isGood());
    json.writeArrayFieldStart("findings");
    for (Finding finding : report.findings()) {
      json.writeStartObject();
      json.writeStringField("level", finding.level().name());
      json.writeStringField("text", finding.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void extensions(String field, @Nullable Capabilities offered) throws IOException {
    if (offered == null) {
      json.writeNullField(field);
      return;
    }
    json.writeArrayFieldStart(field);
    for (String keyword : offered.keywords()) {
      ExtensionMeaning meaning = ExtensionMeaning.of(keyword);
      json.writeStartObject();
      json.writeStringField("keyword", keyword);
      json.writeStringField("parameters", offered.parameters(keyword));
      json.writeStringField("meaning", meaning == null ? null : meaning.words());
      json.writeStringField("rfc", meaning == null ? null : meaning.rfc());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void tls(@Nullable TlsDetails tls) throws IOException {
    if (tls == null) {
      json.writeNullField("tls");
      return;
    }
    Throwable distrust = tls.distrust();
    json.writeObjectFieldStart("tls");
    json.writeStringField("protocol", tls.protocol());
    json.writeStringField("cipher", tls.cipherSuite());
    json.writeBooleanField("verified", tls.isVerified());
    json.writeStringField("problem", distrust == null ? null : TextLine.of(distrust));
    json.writeArrayFieldStart("certificates");
    for (X509Certificate certificate : tls.certificates()) {
      certificate(CertificateFacts.of(certificate));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void certificate(CertificateFacts certificate) throws IOException {
    json.writeStartObject();
    json.writeStringField("subject", certificate.subject());
    strings("names", certificate.names());
    json.writeStringField("issuer", certificate.issuer());
    json.writeStringField("not_before", certificate.notBefore().toString());
    json.writeStringField("not_after", certificate.notAfter().toString());
    json.writeNumberField("days_left", certificate.daysLeft(report.now()));
    json.writeEndObject();
  }

  private void mechanisms(String field, @Nullable Capabilities offered) throws IOException {
    if (offered == null) {
      json.writeNullField(field);
    } else {
      strings(field, offered.authMechanisms());
    }
  }

  private void limits(Capabilities offered) throws IOException {
    Capabilities.Limits limits = offered.limits();
    json.writeObjectFieldStart("limits");
    number("size", offered.maxSize().isPresent() ? offered.maxSize().getAsLong() : null);
    number("messages", boxed(limits.mailMax()));
    number("recipients", boxed(limits.rcptMax()));
    number("recipient_domains", boxed(limits.rcptDomainMax()));
    json.writeEndObject();
  }

  private static @Nullable Long boxed(OptionalInt limit) {
    return limit.isPresent() ? (long) limit.getAsInt() : null;
  }

  private void number(String field, @Nullable Long value) throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }

  private void strings(String field, Collection<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
