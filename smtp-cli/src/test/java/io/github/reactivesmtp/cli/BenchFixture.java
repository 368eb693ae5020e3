package io.github.reactivesmtp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpReply;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What a load could be and come to. */
final class BenchFixture {

  static final MailAddress RECIPIENT = MailAddress.parse("a@x.de");

  private BenchFixture() {}

  /** The options that make a load, as the command has them. */
  @CommandLine.Command
  private static final class Options {
    @Mixin private BenchLoad load = new BenchLoad();
    @Mixin private SendingOptions sending = new SendingOptions();
    @Mixin private ConnectionOptions connecting = new ConnectionOptions();
  }

  static BenchSetup setup(String... options) {
    Options given = new Options();
    new CommandLine(given).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return given.load.setup(
        given.connecting.to(
            given.connecting.servers(), SmtpTimeouts.DEFAULT, new Console(nowhere, nowhere, false)),
        given.sending);
  }

  static SendResult result(
      Outcome outcome, @Nullable SmtpReply reply, SendPhase phase, @Nullable Throwable cause) {
    return new SendResult(
        Envelope.builder()
            .nullReversePath()
            .to(List.of(RECIPIENT))
            .body(MessageBody.text(""))
            .build(),
        outcome,
        List.of(new RecipientResult(RECIPIENT, outcome, reply, phase, null)),
        reply,
        1,
        null,
        cause);
  }

  static SendResult rejected(String text) {
    return result(Outcome.REJECTED, SmtpReply.of(550, text), SendPhase.RCPT, null);
  }

  static SendResult accepted() {
    return result(Outcome.ACCEPTED, SmtpReply.of(250, "2.0.0 Ok"), SendPhase.END_OF_CONTENT, null);
  }

  /** A second, in which so many were accepted, each after 1 ms and more, and these were not. */
  static BenchFigures figures(int accepted, ServerFacts server, SendResult... others) {
    BenchResults results = new BenchResults();
    BenchTimeline timeline = new BenchTimeline(1);
    results.begin(0);
    for (int i = 1; i <= accepted; i++) {
      long now = Duration.ofSeconds(1).toNanos() * i / accepted;
      results.add(accepted(), now - Duration.ofMillis(1).toNanos() - i, now);
      timeline.add(results.at(now));
    }
    for (SendResult other : others) {
      results.add(other, 0, Duration.ofSeconds(1).toNanos());
    }
    timeline.end(results.end());
    return new BenchFigures(
        new Tally(),
        results.nanos(),
        Duration.ofMillis(250).toNanos(),
        results.tally(),
        results.latencies(),
        timeline,
        results.refusals().kinds(),
        results.refusals().others(),
        2,
        server,
        false,
        null);
  }
}
