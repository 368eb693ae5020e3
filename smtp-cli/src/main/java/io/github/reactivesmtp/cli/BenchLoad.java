package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.codec.MailAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to send, and how much of it. */
final class BenchLoad {

  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final int USUAL_SIZE = 1024;

  @Option(names = "--messages", paramLabel = "N", description = "End after so many messages.")
  private @Nullable Long messages;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description =
          "End after this time, such as 10s or 5m; with --messages, whichever comes first (default"
              + " without both: 10s).")
  private @Nullable Duration duration;

  @Option(
      names = "--warmup",
      paramLabel = "N|TIME",
      defaultValue = "0",
      converter = BenchLimit.Either.class,
      description =
          "Send so many messages, or for so long, before the clock starts, over the same"
              + " connections (default: none). A JVM takes about 10s to get fast.")
  private BenchLimit warmup = BenchLimit.NONE;

  @Option(
      names = "--size",
      paramLabel = "OCTETS",
      converter = OctetCount.class,
      description = "Size of a message, its header included, such as 1500, 1k, 10m (default: 1k).")
  private @Nullable Integer size;

  @Option(
      names = "--body",
      paramLabel = "plain|dots|FILE",
      defaultValue = "plain",
      description =
          "plain: lines of text (default); dots: lines that begin with a dot, all to be stuffed"
              + " where DATA is used; or a file, sent as it is.")
  private String body = BenchContent.PLAIN;

  @Option(
      names = "--recipients",
      paramLabel = "N",
      defaultValue = "1",
      description = "Recipients of each message (default: ${DEFAULT-VALUE}).")
  private int recipients = 1;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      defaultValue = "sender@bench.example",
      description =
          "The sender (default: ${DEFAULT-VALUE}); {n} in it becomes a number, '' is the null one.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      defaultValue = "recipient{n}@bench.example",
      description =
          "The recipients (default: ${DEFAULT-VALUE}); {n} is a number that counts up to 1,000"
              + " times --recipients and begins again.")
  private String to = "";

  /**
   * Checks all that was said, and makes the messages.
   *
   * @throws CliException if something is wrong with it
   */
  BenchSetup setup(Connection connection, SendingOptions sending) {
    if (recipients < 1 || recipients > BenchEnvelopes.MOST_RECIPIENTS) {
      throw CliException.usage(
          "--recipients must be from 1 to "
              + BenchEnvelopes.MOST_RECIPIENTS
              + ", not "
              + recipients);
    }
    @Nullable AddressTemplate sender = from.isEmpty() ? null : new AddressTemplate("--from", from);
    AddressTemplate recipient = new AddressTemplate("--to", to);
    if (recipients > 1 && !recipient.isNumbered()) {
      throw CliException.usage(
          "with --recipients "
              + recipients
              + " the address in --to must have {n} in it, such as recipient{n}@example.com");
    }
    byte[] content = content(sender == null ? null : sender.address(1));
    return new BenchSetup(
        connection,
        sending,
        limit(),
        warmup,
        content.length,
        recipients,
        body,
        new BenchEnvelopes(sender, recipient, recipients, MessageBody.bytes(content)));
  }

  private BenchLimit limit() {
    if (messages == null) {
      return new BenchLimit(Long.MAX_VALUE, duration == null ? USUAL : duration);
    }
    if (messages < 1) {
      throw CliException.usage("--messages must be at least 1, not " + messages);
    }
    return new BenchLimit(messages, duration);
  }

  private byte[] content(@Nullable MailAddress sender) {
    if (body.equals(BenchContent.PLAIN) || body.equals(BenchContent.DOTS)) {
      return BenchContent.ofSize(size == null ? USUAL_SIZE : size, body, sender);
    }
    if (size != null) {
      throw CliException.usage("a file has its size: leave out --size or --body");
    }
    return BenchContent.ofFile(body);
  }
}
