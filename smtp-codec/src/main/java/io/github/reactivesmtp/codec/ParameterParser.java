package io.github.reactivesmtp.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what follows the path of MAIL and RCPT. */
final class ParameterParser {

  private static final int MAX_LONG_DIGITS = 19;

  private ParameterParser() {}

  static MailParameters mail(String text) {
    if (text.isEmpty()) {
      return MailParameters.NONE;
    }
    MailParameters.Builder builder = MailParameters.builder();
    Set<String> seen = forEach(text, (keyword, value) -> accept(builder, keyword, value));
    if (seen.contains("HOLDFOR") && seen.contains("HOLDUNTIL")) {
      throw new SmtpSyntaxException("HOLDFOR and HOLDUNTIL together");
    }
    return builder.build();
  }

  static RcptParameters rcpt(String text) {
    if (text.isEmpty()) {
      return RcptParameters.NONE;
    }
    RcptParameters.Builder builder = RcptParameters.builder();
    forEach(text, (keyword, value) -> accept(builder, keyword, value));
    return builder.build();
  }

  private interface Parameter {
    void accept(String keyword, @Nullable String value);
  }

  /** Hands over each parameter with its keyword in upper case; returns the keywords. */
  private static Set<String> forEach(String text, Parameter consumer) {
    if (text.charAt(0) != ' ') {
      throw WireText.illegal("no space between path and parameters", text);
    }
    Set<String> seen = new HashSet<>();
    for (String parameter : text.trim().split(" +", -1)) {
      int equals = parameter.indexOf('=');
      String keyword =
          ParameterSyntax.requireKeyword(equals < 0 ? parameter : parameter.substring(0, equals));
      if (!seen.add(keyword)) {
        throw WireText.illegal("parameter given twice", keyword);
      }
      consumer.accept(keyword, equals < 0 ? null : parameter.substring(equals + 1));
    }
    return seen;
  }

  private static void accept(MailParameters.Builder to, String keyword, @Nullable String value) {
    switch (keyword) {
      case "SIZE" -> to.size(number(keyword, required(keyword, value)));
      case "BODY" -> to.body(bodyType(required(keyword, value)));
      case "SMTPUTF8" -> to.smtpUtf8(withoutValue(keyword, value));
      case "RET" -> to.ret(constant(Ret.class, keyword, required(keyword, value)));
      case "ENVID" -> to.envid(Xtext.decode(required(keyword, value)));
      case "AUTH" -> submitter(to, required(keyword, value));
      case "REQUIRETLS" -> to.requireTls(withoutValue(keyword, value));
      case "BY" -> to.by(deliverBy(required(keyword, value)));
      case "MT-PRIORITY" -> to.mtPriority((int) signedNumber(keyword, required(keyword, value)));
      case "HOLDFOR" -> to.holdFor(number(keyword, required(keyword, value)));
      case "HOLDUNTIL" -> to.holdUntil(instant(required(keyword, value)));
      default -> to.other(keyword, value);
    }
  }

  private static void accept(RcptParameters.Builder to, String keyword, @Nullable String value) {
    switch (keyword) {
      case "NOTIFY" -> to.notify(notifications(required(keyword, value)));
      case "ORCPT" -> to.orcpt(OriginalRecipient.parse(required(keyword, value)));
      default -> to.other(keyword, value);
    }
  }

  private static String required(String keyword, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new SmtpSyntaxException(keyword + " without a value");
    }
    return value;
  }

  private static boolean withoutValue(String keyword, @Nullable String value) {
    if (value != null) {
      throw WireText.illegal(keyword + " with a value", value);
    }
    return true;
  }

  /** Digits only: what {@link Long#parseLong} takes besides them is no number on the wire. */
  static long number(String what, String digits) {
    boolean legal = !digits.isEmpty() && digits.length() <= MAX_LONG_DIGITS;
    for (int i = 0; i < digits.length() && legal; i++) {
      legal = WireText.isDigit(digits.charAt(i));
    }
    if (legal) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        // Nineteen digits above the range: the same mistake as twenty of them.
      }
    }
    throw WireText.illegal("number of " + what, digits);
  }

  private static long signedNumber(String what, String text) {
    if (text.startsWith("-")) {
      return -number(what, text.substring(1));
    }
    return number(what, text.startsWith("+") ? text.substring(1) : text);
  }

  private static BodyType bodyType(String value) {
    for (BodyType type : BodyType.values()) {
      if (WireText.equalsIgnoreAsciiCase(type.keyword(), value)) {
        return type;
      }
    }
    throw WireText.illegal("unknown BODY", value);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String keyword, String value) {
    for (E constant : type.getEnumConstants()) {
      if (WireText.equalsIgnoreAsciiCase(constant.name(), value)) {
        return constant;
      }
    }
    throw WireText.illegal("unknown " + keyword, value);
  }

  private static Set<Notify> notifications(String value) {
    Set<Notify> events = EnumSet.noneOf(Notify.class);
    for (String event : value.split(",", -1)) {
      events.add(constant(Notify.class, "NOTIFY", event));
    }
    return events;
  }

  /** The angle brackets that some clients put around the address are dropped. */
  private static void submitter(MailParameters.Builder to, String value) {
    if (value.equals("<>")) {
      to.authUnknown();
    } else {
      String address = Xtext.decode(value);
      boolean bracketed = address.startsWith("<") && address.endsWith(">");
      to.auth(MailAddress.parse(bracketed ? address.substring(1, address.length() - 1) : address));
    }
  }

  private static DeliverBy deliverBy(String value) {
    int semicolon = value.indexOf(';');
    String mode = semicolon < 0 ? "" : WireText.asciiUpperCase(value.substring(semicolon + 1));
    boolean trace = mode.length() == 2 && mode.charAt(1) == 'T';
    for (DeliverBy.Mode candidate : DeliverBy.Mode.values()) {
      if (mode.length() == (trace ? 2 : 1) && mode.charAt(0) == candidate.letter()) {
        return new DeliverBy(signedNumber("BY", value.substring(0, semicolon)), candidate, trace);
      }
    }
    throw WireText.illegal("unknown BY", value);
  }

  private static Instant instant(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      SmtpSyntaxException failure = WireText.illegal("time of HOLDUNTIL", value);
      failure.initCause(e);
      throw failure;
    }
  }
}
