package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.testkit.ContentDigest;
import io.github.reactivesmtp.testkit.DigestSink;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** {@code smtp demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    description = {
      "Sends messages to an embedded server, and proves that it holds exactly what was sent: their"
          + " number, and the sum of the SHA-256 of each, which does not depend on their order."
    },
    footer = {
      "",
      "Exit codes: 0 all accepted and proven, 1 not, 2 wrong usage.",
      "",
      "Examples:",
      "  smtp demo",
      "  smtp demo --messages 1000000 --connections 16 --pipelining overlapped"
    })
final class DemoCommand implements Callable<Integer> {

  private static final int LARGEST = 50 << 20;
  private static final MailAddress SENDER = MailAddress.parse("sender@demo.example");
  private static final List<MailAddress> RECIPIENT =
      List.of(MailAddress.parse("recipient@demo.example"));

  private final Console console;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many messages, each different (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--size",
      paramLabel = "OCTETS",
      defaultValue = "1024",
      description = "The size of each message, its header included (default: ${DEFAULT-VALUE}).")
  private int size;

  @Mixin private SendingOptions sending = new SendingOptions();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (messages < 1) {
      throw CliException.usage("--messages must be at least 1, not " + messages);
    }
    if (size < DemoMessages.SMALLEST || size > LARGEST) {
      throw CliException.usage(
          "--size must be from " + DemoMessages.SMALLEST + " to " + LARGEST + ", not " + size);
    }
    DigestSink sink = new DigestSink();
    try (SmtpServer server =
        SmtpServer.builder().sink(sink).transcript(false).hostName("demo.example").start()) {
      SmtpClient client =
          sending
              .applyTo(SmtpClient.builder(server.host(), server.port()).tls(TlsMode.NONE))
              .build();
      DemoReport report = send(client);
      client.disposeLater().block();
      return report.print(console.out(), sink.digest()) ? ExitCode.SUCCESS : ExitCode.PROBLEMS;
    }
  }

  private DemoReport send(SmtpClient client) {
    DemoMessages texts = new DemoMessages(size);
    ContentDigest sent = new ContentDigest();
    Tally tally = new Tally();
    Histogram latencies = new Histogram(3);
    // Made in a thread of its own, so that the event loops only send.
    Flux<Envelope> envelopes =
        Flux.range(0, messages)
            .map(number -> envelope(texts.message(number), sent))
            .subscribeOn(Schedulers.parallel());
    long started = System.nanoTime();
    try (Progress progress =
        Progress.start("Sending", messages, console.terminal(), console.err())) {
      client
          .sendAll(envelopes)
          .doOnNext(
              result -> {
                latencies.recordValue(System.nanoTime() - taken(result));
                tally.count(result.outcome());
                progress.step();
              })
          .blockLast();
    }
    return new DemoReport(
        tally,
        latencies,
        sent,
        System.nanoTime() - started,
        "%,d octets each, up to %d connections, %s"
            .formatted(size, sending.connections(), sending.pipelining()));
  }

  /** Its tag is when the client took it. */
  private static Envelope envelope(byte[] content, ContentDigest sent) {
    sent.add(content);
    return Envelope.builder()
        .from(SENDER)
        .to(RECIPIENT)
        .body(MessageBody.bytes(content))
        .tag(System.nanoTime())
        .build();
  }

  private static long taken(SendResult result) {
    if (result.envelope().tag() instanceof Long nanos) {
      return nanos;
    }
    throw new IllegalStateException("An envelope without its time: " + result.envelope());
  }
}
