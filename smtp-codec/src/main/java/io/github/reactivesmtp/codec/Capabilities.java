package io.github.reactivesmtp.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server offered in its answer to EHLO (RFC 5321 §4.1.1.1). Immutable. Unknown keywords are
 * kept; the case of keywords does not matter.
 */
public final class Capabilities {

  /** Nothing offered, as after HELO. */
  public static final Capabilities NONE = new Capabilities("", Map.of());

  private final String serverName;
  private final Map<String, String> parametersByKeyword;

  /** The extensions among them; asked for several times a message. */
  private final Set<Extension> extensions;

  private final Set<String> authMechanisms;
  private final Limits limits;
  private final OptionalLong maxSize;

  private Capabilities(String serverName, Map<String, String> parametersByKeyword) {
    this.serverName = serverName;
    this.parametersByKeyword = Collections.unmodifiableMap(parametersByKeyword);
    this.extensions = EnumSet.noneOf(Extension.class);
    for (Extension extension : Extension.values()) {
      if (parametersByKeyword.containsKey(extension.keyword())) {
        extensions.add(extension);
      }
    }
    this.authMechanisms =
        Collections.unmodifiableSet(
            new LinkedHashSet<>(
                words(parametersByKeyword.getOrDefault("AUTH", "").toUpperCase(Locale.ROOT))));
    this.limits = Limits.parse(parametersByKeyword.getOrDefault("LIMITS", ""));
    this.maxSize = firstNumber("SIZE");
  }

  /**
   * Reads a positive answer to EHLO: the first line is the server's name and a greeting, each other
   * line a keyword and its parameters. Lines of the same keyword are joined.
   *
   * @throws SmtpSyntaxException if the reply is not positive
   */
  public static Capabilities parse(SmtpReply ehlo) {
    if (!ehlo.isPositive()) {
      throw new SmtpSyntaxException("no answer to EHLO that offers anything: " + ehlo);
    }
    List<String> lines = ehlo.lines();
    Map<String, String> offered = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String text = line.strip();
      int end = keywordEnd(text);
      if (end > 0) {
        String parameters = end < text.length() ? text.substring(end + 1).strip() : "";
        offered.merge(upper(text.substring(0, end)), parameters, Capabilities::join);
      }
    }
    String greeting = lines.get(0).strip();
    return new Capabilities(greeting.substring(0, spaceOrEnd(greeting)), offered);
  }

  /** The name the server gave itself, as it wrote it; empty for {@link #NONE}. */
  public String serverName() {
    return serverName;
  }

  /** Whether the server offered that extension. */
  public boolean supports(Extension extension) {
    return extensions.contains(extension);
  }

  /** Whether the server offered that keyword. */
  public boolean supports(String keyword) {
    return parametersByKeyword.containsKey(upper(keyword));
  }

  /** The text after the keyword, perhaps empty; null if the keyword was not offered. */
  public @Nullable String parameters(String keyword) {
    return parametersByKeyword.get(upper(keyword));
  }

  /**
   * The most octets a message may have (RFC 1870 §3); empty if the server states no limit, which it
   * also does by 0.
   */
  public OptionalLong maxSize() {
    return maxSize;
  }

  /**
   * The least seconds that {@code BY} with {@link DeliverBy.Mode#RETURN} may ask for (RFC 2852 §4);
   * empty if the server states none, which it also does by 0.
   */
  public OptionalLong minDeliverBy() {
    return firstNumber("DELIVERBY");
  }

  /** The most seconds that HOLDFOR may ask for (RFC 4865 §4); empty if the server states none. */
  public OptionalLong maxHoldFor() {
    return firstNumber("FUTURERELEASE");
  }

  /** The latest time that HOLDUNTIL may ask for (RFC 4865 §4), null if the server states none. */
  public @Nullable Instant maxHoldUntil() {
    List<String> words = words(parametersByKeyword.getOrDefault("FUTURERELEASE", ""));
    try {
      return words.size() < 2 ? null : OffsetDateTime.parse(words.get(1)).toInstant();
    } catch (DateTimeException e) {
      return null; // malformed counts as not stated
    }
  }

  /** The number a keyword's parameters begin with; empty if there is none or it is 0. */
  private OptionalLong firstNumber(String keyword) {
    String first = parametersByKeyword.getOrDefault(keyword, "").split("[\\s,]", 2)[0];
    // RFC 1870 allows 20 digits. More than a long holds is as good as no limit.
    long number = isNumber(first, 18) ? Long.parseLong(first) : 0;
    return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /**
   * The SASL mechanisms offered, upper case, in the server's order; those of {@code AUTH=}, the
   * form from before RFC 2554, among them.
   */
  public Set<String> authMechanisms() {
    return authMechanisms;
  }

  /** The limits stated by LIMITS (RFC 9422). */
  public Limits limits() {
    return limits;
  }

  /** All keywords offered, upper case, in the server's order. */
  public Set<String> keywords() {
    return parametersByKeyword.keySet();
  }

  /**
   * The keywords with their parameters in one line, for people. What could forge a line in a log or
   * steer a terminal is escaped.
   */
  @Override
  public String toString() {
    return SmtpReply.escape(serverName + " " + parametersByKeyword);
  }

  /**
   * What LIMITS states (RFC 9422 §4), each empty if it does not.
   *
   * @param mailMax messages in a session
   * @param rcptMax recipients of a message
   * @param rcptDomainMax different domains among the recipients in a session
   */
  public record Limits(OptionalInt mailMax, OptionalInt rcptMax, OptionalInt rcptDomainMax) {

    /** Nothing stated. */
    public static final Limits NONE =
        new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static Limits parse(String parameters) {
      if (parameters.isEmpty()) {
        return NONE;
      }
      return new Limits(
          value("MAILMAX=", parameters),
          value("RCPTMAX=", parameters),
          value("RCPTDOMAINMAX=", parameters));
    }

    /** RFC 9422 §4: one to six digits, not 0. What is malformed counts as not stated. */
    private static OptionalInt value(String name, String parameters) {
      for (String word : words(upper(parameters))) {
        if (word.startsWith(name) && isNumber(word.substring(name.length()), 6)) {
          int value = Integer.parseInt(word.substring(name.length()));
          return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
        }
      }
      return OptionalInt.empty();
    }
  }

  /** A keyword ends at white space, or at the '=' of the old form {@code AUTH=LOGIN}. */
  private static int keywordEnd(String line) {
    int equals = line.indexOf('=');
    int space = spaceOrEnd(line);
    return equals < 0 ? space : Math.min(equals, space);
  }

  private static int spaceOrEnd(String text) {
    int i = 0;
    while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static String join(String first, String second) {
    if (first.isEmpty() || second.isEmpty() || first.equals(second)) {
      return first.isEmpty() ? second : first;
    }
    return first + " " + second;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }

  private static boolean isNumber(String text, int maxDigits) {
    return !text.isEmpty()
        && text.length() <= maxDigits
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
