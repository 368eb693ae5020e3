package io.github.reactivesmtp.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When a load ends, whichever comes first.
 *
 * @param messages {@link Long#MAX_VALUE} for any number
 * @param time null for as long as it takes
 */
record BenchLimit(long messages, @Nullable Duration time) {

  /** Nothing at all. */
  static final BenchLimit NONE = new BenchLimit(0, null);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

  boolean isCounted() {
    return messages != Long.MAX_VALUE;
  }

  /** Its time in whole seconds, at least 1; 1 if it has none. */
  long seconds() {
    return time == null ? 1 : Math.max(1, time.toSeconds());
  }

  /** For people, such as "1,000 messages or 10s". */
  @Override
  public String toString() {
    String count = String.format(Locale.ROOT, "%,d messages", messages);
    if (time == null) {
      return count;
    }
    return isCounted() ? count + " or " + TimeSpan.of(time) : TimeSpan.of(time);
  }

  /** A number of messages or a time, such as 1000 or 10s. */
  static final class Either implements ITypeConverter<BenchLimit> {

    @Override
    public BenchLimit convert(String text) {
      if (NUMBER.matcher(text).matches()) {
        return new BenchLimit(Long.parseLong(text), null);
      }
      @Nullable Duration time = TimeSpan.parse(text);
      if (time == null) {
        throw new TypeConversionException(
            "\""
                + TextLine.of(text)
                + "\" is neither a number of messages nor a time; write it as 1000, 10s or 2m");
      }
      return new BenchLimit(Long.MAX_VALUE, time);
    }
  }
}
