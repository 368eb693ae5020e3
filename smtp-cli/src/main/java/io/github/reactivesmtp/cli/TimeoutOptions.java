package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.SmtpTimeouts;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long to wait for what. */
final class TimeoutOptions {

  @Option(
      names = "--timeout-connect",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "For the connection.")
  private @Nullable Duration connect;

  @Option(
      names = "--timeout-greeting",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "For the server's greeting.")
  private @Nullable Duration greeting;

  @Option(
      names = "--timeout-command",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "For the reply to a command.")
  private @Nullable Duration command;

  @Option(
      names = "--timeout-data",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "For the reply to DATA, and while content does not get on.")
  private @Nullable Duration data;

  @Option(
      names = "--timeout-final",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description =
          "For the reply to the content; too short a time makes outcomes UNKNOWN and duplicates.")
  private @Nullable Duration last;

  /** What the user said, and the rest as usual. */
  SmtpTimeouts over(SmtpTimeouts usual) {
    return new SmtpTimeouts(
        connect == null ? usual.connect() : connect,
        greeting == null ? usual.greeting() : greeting,
        command == null ? usual.command() : command,
        data == null ? usual.dataInitiation() : data,
        data == null ? usual.dataBlock() : data,
        last == null ? usual.dataTermination() : last);
  }

  /** Seconds, decimals allowed. */
  static final class Seconds implements ITypeConverter<Duration> {

    /** Timers count in milliseconds. */
    private static final BigDecimal LEAST = new BigDecimal("0.001");

    private static final BigDecimal MOST = new BigDecimal(86_400);

    @Override
    public Duration convert(String text) {
      try {
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.compareTo(LEAST) >= 0 && seconds.compareTo(MOST) <= 0) {
          return Duration.ofMillis(seconds.movePointRight(3).longValue());
        }
      } catch (NumberFormatException e) {
        // As wrong as what is out of range.
      }
      throw new TypeConversionException(
          "\"" + TextLine.of(text) + "\" is no number of seconds from 0.001 to 86400");
    }
  }
}
