package io.github.reactivesmtp.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of octets, such as 1500, 1k (1,024) or 10m. */
final class OctetCount implements ITypeConverter<Integer> {

  private static final Pattern COUNT = Pattern.compile("(\\d{1,9})([km]?)");
  private static final int MOST = 100 << 20;

  @Override
  public Integer convert(String text) {
    Matcher count = COUNT.matcher(text.toLowerCase(Locale.ROOT));
    if (count.matches()) {
      int shift =
          switch (count.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            default -> 0;
          };
      long octets = Long.parseLong(count.group(1)) << shift;
      if (octets >= 1 && octets <= MOST) {
        return (int) octets;
      }
    }
    throw new TypeConversionException(
        "\"" + TextLine.of(text) + "\" is no size from 1 to 100m; write it as 1500, 1k or 10m");
  }
}
