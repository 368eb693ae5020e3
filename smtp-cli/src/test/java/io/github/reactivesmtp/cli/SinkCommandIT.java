package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SinkCommandIT {

  @TempDir private Path folder;

  @Test
  void storesMailWithItsEnvelopeUntilItIsEnded() throws Exception {
    Path mail = folder.resolve("mail.eml");
    Files.writeString(mail, "From: a@x.de\r\nTo: b@x.de\r\nBcc: c@x.de\r\n\r\nHello\r\n");
    Path stored = folder.resolve("stored");
    PipedInputStream printed = new PipedInputStream();
    PrintStream out = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
    FutureTask<Integer> sink =
        new FutureTask<>(
            () ->
                Main.run(
                    new Console(out, System.err, false),
                    "sink",
                    "--port",
                    "0",
                    "--threads",
                    "1",
                    "--directory",
                    stored.toString()));
    Thread thread = new Thread(sink, "sink");
    thread.start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
    String first = lines.readLine();
    assertThat(first).startsWith("Listening on 127.0.0.1:").contains(stored.toString());
    String server = first.substring("Listening on ".length(), first.indexOf(','));

    Run run = Run.smtp("send", mail.toString(), "--server", server, "--tls", "none");
    assertThat(run.exitCode()).as(run.err()).isZero();
    thread.interrupt();

    assertThat(sink.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(lines.readLine()).isEqualTo("1 messages over 1 connections");
    assertThat(files(stored, ".eml"))
        .singleElement()
        .isEqualTo("From: a@x.de\r\nTo: b@x.de\r\n\r\nHello\r\n");
    assertThat(files(stored, ".envelope"))
        .singleElement()
        .asString()
        .contains("MAIL FROM:<a@x.de>", "RCPT TO:<b@x.de>", "RCPT TO:<c@x.de>");
  }

  @Test
  void aPortInUseIsOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Run run = Run.smtp("sink", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("smtp: cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("in use");
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Test
  void withoutThreadsNobodyServes() {
    Run run = Run.smtp("sink", "--port", "0", "--threads", "0");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("smtp: --threads 0: at least one");
  }

  private static List<String> files(Path folder, String ending) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> matching = files.filter(file -> file.toString().endsWith(ending)).toList();
      return matching.isEmpty() ? List.of() : List.of(Files.readString(matching.get(0)));
    }
  }
}
