package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.SmtpTimeouts;
import java.time.Duration;

/** What a session waits for (RFC 5321 §4.5.3.2). */
enum Phase {
  GREETING("the greeting"),
  COMMAND("the reply to a command"),
  STARTTLS("the reply to STARTTLS"),
  DATA_INITIATION("the reply to DATA"),
  DATA_BLOCK("the content to go out"),
  DATA_TERMINATION("the reply to the content");

  private final String what;

  Phase(String what) {
    this.what = what;
  }

  /** What to say when it took too long. */
  SmtpException timedOut(SmtpTimeouts timeouts, ServerAddress server) {
    return new SmtpException(
        "Waited %.1f s for %s from %s in vain.%s"
            .formatted(
                timeout(timeouts).toMillis() / 1e3,
                what,
                server,
                this == GREETING ? " A port that begins with TLS (465) needs implicit TLS." : ""));
  }

  Duration timeout(SmtpTimeouts timeouts) {
    return switch (this) {
      case GREETING -> timeouts.greeting();
      case COMMAND, STARTTLS -> timeouts.command();
      case DATA_INITIATION -> timeouts.dataInitiation();
      case DATA_BLOCK -> timeouts.dataBlock();
      case DATA_TERMINATION -> timeouts.dataTermination();
    };
  }
}
