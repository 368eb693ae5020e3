package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.interop.DeliveredMessage;
import io.github.reactivesmtp.interop.NeedsPostfix;
import io.github.reactivesmtp.interop.PostfixServer;
import io.github.reactivesmtp.interop.PostfixService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code smtp send} to a real Postfix: what arrives, where, and how often. */
@NeedsPostfix
class SendToPostfixIT {

  @TempDir private Path directory;

  private final PostfixServer postfix;

  SendToPostfixIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  /** Whether the content goes with BDAT, and why not. */
  private enum Chunking {
    USED,
    SWITCHED_OFF,
    NOT_OFFERED
  }

  static Stream<Arguments> modes() {
    return Stream.of("off", "grouped", "overlapped")
        .flatMap(mode -> Arrays.stream(Chunking.values()).map(use -> Arguments.of(mode, use)));
  }

  @ParameterizedTest(name = "{0}, chunking {1}")
  @MethodSource("modes")
  void everyKindOfMailArrivesByteForByteOnce(String pipelining, Chunking chunking)
      throws IOException {
    Path outbox = Files.createDirectory(directory.resolve("outbox"));
    MailSamples samples = MailSamples.write(outbox);
    Path results = directory.resolve("results.json");
    List<String> arguments = new ArrayList<>(List.of(outbox.toString()));
    arguments.addAll(List.of("--pipelining", pipelining, "--connections", "2"));
    arguments.addAll(List.of("--results", results.toString()));
    PostfixService service =
        chunking == Chunking.NOT_OFFERED ? PostfixService.WITHOUT_CHUNKING : PostfixService.PLAIN;
    if (chunking == Chunking.SWITCHED_OFF) {
      arguments.add("--no-chunking");
    }

    postfix.markLog();
    send(ExitCode.SUCCESS, postfix.port(service), arguments);

    assertThat(postfix.takeMessages(samples.expected().size()))
        .containsExactlyInAnyOrderElementsOf(samples.expected());
    assertThat(Files.readAllLines(results))
        .hasSize(samples.files())
        .allMatch(line -> line.contains("\"outcome\":\"ACCEPTED\""));
    postfix.awaitLogLine("disconnect from .* " + (chunking == Chunking.USED ? "bdat=" : "data="));
  }

  @Test
  void nullSender() throws IOException {
    String notice = "From: MAILER-DAEMON@example.test\nTo: a@example.test\n\nLost\n";
    Path file = file(notice);

    send(ExitCode.SUCCESS, postfix.port(), List.of(file.toString(), "--from", ""));

    assertThat(postfix.takeMessages(1))
        .containsExactly(new DeliveredMessage("", "a@example.test", notice));
  }

  @Test
  void visibleAndBlindCopyToTheSameAddressIsOneCopy() throws IOException {
    Path file =
        file(
            """
            From: s@example.test
            To: a@example.test
            Bcc: a@example.test, b@example.test

            Text
            """);
    String arriving = "From: s@example.test\nTo: a@example.test\n\nText\n";

    postfix.markLog();
    send(ExitCode.SUCCESS, postfix.port(), List.of(file.toString()));

    assertThat(postfix.takeMessages(2))
        .containsExactlyInAnyOrder(
            new DeliveredMessage("s@example.test", "a@example.test", arriving),
            new DeliveredMessage("s@example.test", "b@example.test", arriving));
    // Postfix removes duplicates itself: see that it had none to remove.
    postfix.awaitLogLine("disconnect from .* mail=1 rcpt=2 ");
  }

  @Test
  void refusedRecipientsDoNotKeepTheMessageFromTheOthers() throws IOException {
    Path file =
        file(
            """
            From: s@example.test
            To: refused@example.test, a@example.test, later@example.test

            Text
            """);
    Path results = directory.resolve("results.json");

    send(
        ExitCode.PROBLEMS,
        postfix.port(),
        List.of(file.toString(), "--results", results.toString()));

    assertThat(postfix.takeMessages(1))
        .extracting(DeliveredMessage::recipient)
        .containsExactly("a@example.test");
    assertThat(Files.readAllLines(results))
        .singleElement()
        .asString()
        .contains("\"outcome\":\"PARTIAL\"")
        .contains("{\"address\":\"refused@example.test\",\"status\":\"REJECTED\",\"reply\":\"550 ")
        .contains("{\"address\":\"a@example.test\",\"status\":\"ACCEPTED\",\"reply\":\"250 ")
        .contains("{\"address\":\"later@example.test\",\"status\":\"DEFERRED\",\"reply\":\"450 ");
  }

  /** A file of these lines. */
  private Path file(String lines) throws IOException {
    return Files.writeString(directory.resolve("mail.eml"), lines.replace("\n", "\r\n"));
  }

  /** Runs the command, and shows what it said if its exit code is another one. */
  private static void send(int exitCode, int port, List<String> arguments) {
    List<String> line =
        new ArrayList<>(List.of("send", "--tls", "none", "--server", "127.0.0.1:" + port));
    line.addAll(arguments);
    Run run = Run.smtp(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
  }
}
