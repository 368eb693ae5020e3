package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultLogTest {

  private static final SmtpReply OK = SmtpReply.of(250, "2.0.0 first", "second");
  private static final SmtpReply NO = SmtpReply.of(550, "5.1.1 \"no\" such user");
  private static final MailAddress A = MailAddress.parse("a@x.de");
  private static final MailAddress B = MailAddress.parse("\"b c\"@x.de");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void oneLineForEachEnvelope() throws Exception {
    Envelope envelope =
        Envelope.builder().nullReversePath().to(List.of(A, B)).body(MessageBody.text("")).build();
    MailFile file = new MailFile(Path.of("dir/ü \"1\".eml"), "<1@x.de>");
    try (ResultLog log = new ResultLog(out)) {
      log.write(
          file,
          new SendResult(
              envelope,
              Outcome.PARTIAL,
              List.of(
                  new RecipientResult(A, Outcome.ACCEPTED, OK, SendPhase.END_OF_CONTENT, null),
                  new RecipientResult(B, Outcome.REJECTED, NO, SendPhase.RCPT, null)),
              OK,
              2,
              null,
              null));
      log.write(
          file,
          new SendResult(
              envelope,
              Outcome.UNKNOWN,
              List.of(
                  new RecipientResult(A, Outcome.UNKNOWN, null, SendPhase.END_OF_CONTENT, null)),
              null,
              1,
              null,
              new SmtpException("host:25 closed\r\nthe connection.")));
      log.write(file, envelope.recipients(), Outcome.UNKNOWN, "ended");
      log.writeNotSent(Path.of("missing.eml"), "there is no such file");
    }
    assertThat(text().lines())
        .containsExactly(
            "{\"file\":\"dir/ü \\\"1\\\".eml\",\"message_id\":\"<1@x.de>\",\"outcome\":\"PARTIAL\","
                + "\"reply\":\"250 2.0.0 first / second\",\"recipients\":["
                + "{\"address\":\"a@x.de\",\"status\":\"ACCEPTED\","
                + "\"reply\":\"250 2.0.0 first / second\"},"
                + "{\"address\":\"\\\"b c\\\"@x.de\",\"status\":\"REJECTED\","
                + "\"reply\":\"550 5.1.1 \\\"no\\\" such user\"}],\"attempts\":2}",
            "{\"file\":\"dir/ü \\\"1\\\".eml\",\"message_id\":\"<1@x.de>\",\"outcome\":\"UNKNOWN\","
                + "\"reply\":null,\"recipients\":["
                + "{\"address\":\"a@x.de\",\"status\":\"UNKNOWN\",\"reply\":null}],"
                + "\"attempts\":1,\"error\":\"host:25 closed the connection.\"}",
            "{\"file\":\"dir/ü \\\"1\\\".eml\",\"message_id\":\"<1@x.de>\",\"outcome\":\"UNKNOWN\","
                + "\"reply\":null,\"recipients\":["
                + "{\"address\":\"a@x.de\",\"status\":\"UNKNOWN\",\"reply\":null},"
                + "{\"address\":\"\\\"b c\\\"@x.de\",\"status\":\"UNKNOWN\",\"reply\":null}],"
                + "\"attempts\":0,\"error\":\"ended\"}",
            "{\"file\":\"missing.eml\",\"message_id\":null,\"outcome\":\"NOT_SENT\","
                + "\"reply\":null,\"recipients\":[],\"attempts\":0,"
                + "\"error\":\"there is no such file\"}");
    assertThat(text()).endsWith("}\n");
  }

  @Test
  void linesAreCompleteWhenFlushed() throws Exception {
    try (ResultLog log = new ResultLog(out)) {
      log.writeNotSent(Path.of("a"), "b");
      log.flush();
      assertThat(text()).endsWith("}\n");
    }
  }

  @Test
  void nothingWritesNothing() throws Exception {
    new ResultLog(out).close();
    assertThat(text()).isEmpty();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
