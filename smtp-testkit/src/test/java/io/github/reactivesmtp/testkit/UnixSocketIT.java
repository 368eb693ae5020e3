package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixSocketIT {

  @TempDir private Path directory;

  private Path socket() {
    return directory.resolve("lmtp.sock");
  }

  @Test
  void speaksLmtpWithAReplyForEachRecipient() throws IOException {
    SmtpScript script =
        SmtpScript.builder().on(Phase.CONTENT).nth(2).reply(452, "4.2.2 mailbox full").build();
    try (SmtpServer server = SmtpServer.builder().unixSocket(socket()).script(script).start();
        RawClient client = RawClient.connect(server.path())) {
      client.send("LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n");
      assertThat(client.codes(6)).containsExactly(220, 250, 250, 250, 250, 354);
      assertThat(client.send("x\r\n.\r\n").codes(2)).containsExactly(250, 452);
      assertThat(client.ask("QUIT")).isEqualTo(221);
      assertThat(client.rest()).isEmpty();
      assertThat(server.messages())
          .singleElement()
          .satisfies(message -> assertThat(message.recipients()).hasSize(1));
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void closesAndBreaksOffByScript() throws IOException {
    SmtpScript script = SmtpScript.builder().on(Phase.NOOP).close().on(Phase.RSET).reset().build();
    try (SmtpServer server = SmtpServer.builder().unixSocket(socket()).script(script).start()) {
      for (String command : new String[] {"NOOP", "RSET"}) {
        try (RawClient client = RawClient.connect(server.path())) {
          assertThat(client.code()).isEqualTo(220);
          assertThat(client.send(command + "\r\n").rest()).isEmpty();
        }
      }
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void leavesNoFileBehind() {
    SmtpServer server = SmtpServer.builder().unixSocket(socket()).start();
    assertThat(socket()).exists();
    server.close();
    assertThat(socket()).doesNotExist();
    SmtpServer.builder().unixSocket(socket()).start().close();
  }

  @Test
  void refusesAFileThatIsThere() throws IOException {
    Files.writeString(socket(), "mine");
    assertThatThrownBy(() -> SmtpServer.builder().unixSocket(socket()).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("can't listen on " + socket());
    assertThat(socket()).hasContent("mine");
  }

  @Test
  void hasAPathInsteadOfAPort() {
    try (SmtpServer unix = SmtpServer.builder().unixSocket(socket()).start();
        SmtpServer tcp = SmtpServer.start()) {
      assertThat(unix.path()).isEqualTo(socket());
      assertThat(unix).hasToString("SmtpServer " + socket());
      assertThatThrownBy(unix::port)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this server has no port, it listens on " + socket());
      assertThatThrownBy(unix::host).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(tcp::path)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this server has no path, it listens on 127.0.0.1:" + tcp.port());
    }
  }
}
