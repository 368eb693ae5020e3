package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.DeliverBy;
import io.github.reactivesmtp.codec.DeliverBy.Mode;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.RcptParameters;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which parameters of MAIL and RCPT need which extension, and which may be left out. */
public final class ParameterRules {

  private static final List<Rule> MAIL =
      List.of(
          new Rule("RET", Extension.DSN, 3461, p -> p.ret() != null, p -> p.ret(null)),
          new Rule("ENVID", Extension.DSN, 3461, p -> p.envid() != null, p -> p.envid(null)),
          new Rule(
              "AUTH",
              Extension.AUTH,
              4954,
              p -> p.auth() != null || p.authUnknown(),
              p -> p.auth(null)),
          new Rule("REQUIRETLS", Extension.REQUIRETLS, 8689, MailParameters::requireTls, null),
          new Rule("BY", Extension.DELIVERBY, 2852, p -> asksBy(p, Mode.NOTIFY), p -> p.by(null)),
          // Left out, what was to be returned when it is late would be delivered late.
          new Rule("BY", Extension.DELIVERBY, 2852, p -> asksBy(p, Mode.RETURN), null),
          new Rule(
              "MT-PRIORITY",
              Extension.MT_PRIORITY,
              6710,
              p -> p.mtPriority().isPresent(),
              p -> p.mtPriority(OptionalInt.empty())),
          new Rule("HOLDFOR", Extension.FUTURERELEASE, 4865, p -> p.holdFor().isPresent(), null),
          new Rule("HOLDUNTIL", Extension.FUTURERELEASE, 4865, p -> p.holdUntil() != null, null),
          new Rule("SMTPUTF8", Extension.SMTPUTF8, 6531, MailParameters::smtpUtf8, null),
          new Rule(
              "BODY=BINARYMIME",
              Extension.BINARY_MIME,
              3030,
              p -> p.body() == BodyType.BINARY_MIME,
              null));

  private static final Set<Extension> DISPENSABLE =
      EnumSet.copyOf(
          MAIL.stream().filter(rule -> rule.leaveOut != null).map(Rule::extension).toList());

  /**
   * @param leaveOut does without, where the message arrives all the same and says the same; null
   *     where it would not
   */
  private record Rule(
      String parameter,
      Extension extension,
      int rfc,
      Predicate<MailParameters> isAsked,
      @Nullable Consumer<MailParameters.Builder> leaveOut) {}

  private ParameterRules() {}

  /** The extension, if a message that asks for it may go without. */
  public static Extension requireDispensable(Extension extension) {
    if (!DISPENSABLE.contains(extension)) {
      throw new IllegalArgumentException(
          extension.keyword()
              + " cannot be left out without changing the message or what becomes of it; only "
              + DISPENSABLE
              + " can.");
    }
    return extension;
  }

  /**
   * Takes out what this server cannot be asked for and the client may do without.
   *
   * @param verified whether the connection is encrypted and the server is who it should be
   * @throws MessageRefusedException if the server cannot be asked for something else
   */
  static void apply(
      MailParameters asked,
      MailParameters.Builder parameters,
      Capabilities server,
      boolean verified,
      ClientOptions options) {
    if (asked.encodedLength() == 0) {
      return;
    }
    for (Rule rule : MAIL) {
      String why =
          rule.isAsked.test(asked) ? obstacle(rule, asked, server, verified, options) : null;
      if (why != null) {
        if (rule.leaveOut == null || !options.preferred().contains(rule.extension)) {
          throw refused(rule.parameter, rule.rfc, why);
        }
        rule.leaveOut.accept(parameters);
      }
    }
  }

  private static boolean asksBy(MailParameters asked, Mode mode) {
    return asked.by() != null && asked.by().mode() == mode;
  }

  /** The recipients, those of them without DSN that the client may do without. */
  static List<Recipient> apply(
      List<Recipient> recipients, Capabilities server, Set<Extension> preferred) {
    if (server.supports(Extension.DSN)) {
      return recipients;
    }
    boolean asked = false;
    for (Recipient recipient : recipients) {
      asked |= asksForDsn(recipient.parameters());
    }
    if (!asked) {
      return recipients;
    }
    if (!preferred.contains(Extension.DSN)) {
      throw refused("NOTIFY or ORCPT", 3461, notOffered(Extension.DSN));
    }
    return recipients.stream().map(ParameterRules::withoutDsn).toList();
  }

  private static boolean asksForDsn(RcptParameters parameters) {
    return !parameters.notifyOn().isEmpty() || parameters.orcpt() != null;
  }

  private static Recipient withoutDsn(Recipient recipient) {
    RcptParameters.Builder parameters = recipient.parameters().toBuilder();
    return new Recipient(recipient.address(), parameters.notify(Set.of()).orcpt(null).build());
  }

  /** What a message meets that says it is 8-bit, where it is not allowed. */
  static MessageRefusedException refusedEightBitMime() {
    return refused("BODY=8BITMIME", 6152, notOffered(Extension.EIGHT_BIT_MIME));
  }

  private static MessageRefusedException refused(String parameter, int rfc, String why) {
    return new MessageRefusedException(
        "The envelope asks for %s (RFC %d), but %s. Nothing was sent."
            .formatted(parameter, rfc, why));
  }

  private static String notOffered(Extension extension) {
    return "the server does not offer " + extension.keyword();
  }

  private static @Nullable String obstacle(
      Rule rule,
      MailParameters asked,
      Capabilities server,
      boolean verified,
      ClientOptions options) {
    Extension extension = rule.extension;
    if (!server.supports(extension)) {
      return notOffered(extension);
    }
    return switch (extension) {
      // RFC 8689 §4.2.1
      case REQUIRETLS ->
          verified ? null : "the connection is not encrypted to a server that was verified";
      case DELIVERBY -> tooSoon(asked.by(), server.minDeliverBy());
      case FUTURERELEASE -> tooLate(asked, server);
      case BINARY_MIME -> {
        if (!server.supports(Extension.CHUNKING)) {
          yield notOffered(Extension.CHUNKING);
        }
        yield options.chunking() ? null : "the client was told not to use CHUNKING";
      }
      default -> null;
    };
  }

  /** RFC 2852 §4.1: the server's minimum is for messages to be returned. */
  private static @Nullable String tooSoon(@Nullable DeliverBy by, OptionalLong min) {
    boolean tooSoon =
        by != null && by.mode() == Mode.RETURN && min.isPresent() && by.seconds() < min.getAsLong();
    return tooSoon ? "the server takes no less than " + min.getAsLong() + " s (DELIVERBY)" : null;
  }

  /** RFC 4865 §4: the server's maxima. */
  private static @Nullable String tooLate(MailParameters asked, Capabilities server) {
    OptionalLong maxHoldFor = server.maxHoldFor();
    if (maxHoldFor.isPresent() && asked.holdFor().orElse(0) > maxHoldFor.getAsLong()) {
      return "the server holds for at most " + maxHoldFor.getAsLong() + " s (FUTURERELEASE)";
    }
    Instant until = asked.holdUntil();
    Instant maxHoldUntil = server.maxHoldUntil();
    if (until != null && maxHoldUntil != null && until.isAfter(maxHoldUntil)) {
      return "the server holds until " + maxHoldUntil + " at the latest (FUTURERELEASE)";
    }
    return null;
  }
}
