package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** Single commands: Postfix's answer, over TLS, on a connection of their own. */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixCommandsIT {

  private final PostfixServer postfix;

  PostfixCommandsIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @CsvSource({
    "NOOP,                      250 2.0.0 Ok",
    "VRFY ann@example.test,     252 2.0.0 ann@example.test",
    "VRFY 用户@example.test,    252 2.0.0 用户@example.test",
    "VRFY refused@example.test, 550 5.1.1 <refused@example.test>: Recipient address rejected",
    "ETRN example.test,         459 <example.test>: service unavailable",
    "ETRN @example.test,        459 <example.test>: service unavailable",
    "HELP,                      500 5.5.2 Error: command not recognized",
    "HELP MAIL,                 500 5.5.2 Error: command not recognized",
  })
  void areAnswered(String command, String reply) {
    postfix.markLog();

    assertThat(say(command)).asString().startsWith(reply);

    postfix.awaitLogLine("disconnect from \\S+ ehlo=2 starttls=1 .*quit=1 .*commands=(5|4/5)\n");
  }

  @Test
  void whatIsNotOfferedIsNotAsked() {
    postfix.markLog();

    assertThatThrownBy(() -> say("EXPN list"))
        .isInstanceOf(SmtpException.class)
        .hasMessageContaining("does not offer EXPN");

    postfix.awaitLogLine("disconnect from \\S+ ehlo=2 starttls=1 quit=1 commands=4\n");
  }

  private SmtpReply say(String command) {
    String[] words = command.split(" ", 2);
    String argument = words.length > 1 ? words[1] : null;
    return Clients.use(
        Clients.of(postfix, PostfixService.STARTTLS), client -> say(client, words[0], argument));
  }

  private static Mono<SmtpReply> say(SmtpClient client, String verb, String argument) {
    return switch (verb) {
      case "NOOP" -> client.noop();
      case "VRFY" -> client.vrfy(argument);
      case "ETRN" -> client.etrn(argument);
      case "EXPN" -> client.expn(argument);
      case "HELP" -> client.help(argument);
      default -> throw new IllegalArgumentException(verb);
    };
  }
}
