package io.github.reactivesmtp.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time with its unit, such as 500ms, 10s, 1.5m or 2h. */
final class TimeSpan implements ITypeConverter<Duration> {

  private static final Pattern SPAN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");
  private static final Duration MOST = Duration.ofDays(7);

  @Override
  public Duration convert(String text) {
    @Nullable Duration span = parse(text);
    if (span == null) {
      throw new TypeConversionException(
          "\"" + TextLine.of(text) + "\" is no time up to 168h; write it as 500ms, 10s, 5m or 1h");
    }
    return span;
  }

  /** Null if it is none, or too short or too long. */
  static @Nullable Duration parse(String text) {
    Matcher span = SPAN.matcher(text.toLowerCase(Locale.ROOT));
    if (!span.matches()) {
      return null;
    }
    long unit =
        switch (span.group(2)) {
          case "ms" -> 1;
          case "s" -> 1000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    Duration length =
        Duration.ofMillis(
            new BigDecimal(span.group(1)).multiply(BigDecimal.valueOf(unit)).longValue());
    return length.isZero() || length.compareTo(MOST) > 0 ? null : length;
  }

  /** As it can be written on the command line. */
  static String of(Duration span) {
    long millis = span.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
