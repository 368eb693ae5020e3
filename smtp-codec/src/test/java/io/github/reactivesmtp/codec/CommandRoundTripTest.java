package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can be constructed is read back as it was, in whatever pieces it arrives. */
class CommandRoundTripTest {

  private static final int COMMANDS = 5000;
  private static final String TEXT =
      "ab Z09\"\\<>@.,;:+=-_{}()[]\u00FC\u760D\u010A\u2603\uD83D\uDE00";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20261124})
  void readsBackWhatWasWritten(long seed) {
    Random random = new Random(seed);
    List<SmtpCommand> commands = new ArrayList<>();
    ByteBuffer wire = ByteBuffer.allocateDirect(COMMANDS * 300);
    while (commands.size() < COMMANDS) {
      SmtpCommand command = command(random);
      int start = wire.position();
      command.writeTo(wire);
      assertThat(wire.position() - start).as("seed %s", seed).isEqualTo(command.encodedLength());
      commands.add(command);
    }
    int end = wire.flip().limit();
    CommandParser parser = new CommandParser();
    int read = 0;
    for (int limit = 0; limit < end; ) {
      limit = Math.min(end, limit + 1 + random.nextInt(200));
      wire.limit(limit);
      SmtpCommand command;
      while ((command = parser.parse(wire)) != null) {
        assertThat(command).as("seed %s, command %s", seed, read).isEqualTo(commands.get(read));
        assertThat(command).hasSameHashCodeAs(commands.get(read++));
      }
    }
    assertThat(read).as("seed %s", seed).isEqualTo(COMMANDS);
  }

  private static SmtpCommand command(Random random) {
    return switch (random.nextInt(17)) {
      case 0 -> new SmtpCommand.Helo(domain(random));
      case 1 -> new SmtpCommand.Ehlo(domain(random));
      case 2 -> new SmtpCommand.Lhlo(domain(random));
      case 3, 4 ->
          new SmtpCommand.Mail(
              random.nextInt(8) == 0 ? null : address(random), mailParameters(random));
      case 5, 6 -> new SmtpCommand.Rcpt(address(random), rcptParameters(random));
      case 7 -> SmtpCommand.DATA;
      case 8 -> new SmtpCommand.Bdat(size(random), random.nextBoolean());
      case 9 -> SmtpCommand.RSET;
      case 10 -> accepted(() -> new SmtpCommand.Noop(text(random)));
      case 11 -> accepted(() -> new SmtpCommand.Vrfy(text(random)));
      case 12 -> accepted(() -> new SmtpCommand.Expn(text(random)));
      case 13 -> accepted(() -> new SmtpCommand.Help(text(random)));
      case 14 -> accepted(() -> new SmtpCommand.Etrn(text(random)));
      case 15 -> new SmtpCommand.Auth("X-" + random.nextInt(99_999), response(random));
      default -> random.nextBoolean() ? SmtpCommand.QUIT : SmtpCommand.STARTTLS;
    };
  }

  private static MailParameters mailParameters(Random random) {
    MailParameters.Builder builder = MailParameters.builder();
    maybe(random, () -> builder.size(size(random)));
    maybe(random, () -> builder.body(any(random, List.of(BodyType.values()))));
    maybe(random, () -> builder.smtpUtf8(random.nextBoolean()));
    maybe(random, () -> builder.ret(random.nextBoolean() ? Ret.FULL : Ret.HDRS));
    maybe(random, () -> accepted(() -> builder.envid(text(random))));
    maybe(random, () -> accepted(() -> builder.auth(address(random))));
    maybe(random, builder::authUnknown);
    maybe(random, () -> builder.requireTls(true));
    maybe(random, () -> builder.by(accepted(() -> deliverBy(random))));
    maybe(random, () -> builder.mtPriority(random.nextInt(19) - 9));
    maybe(random, () -> builder.holdFor(1 + random.nextInt(999_999_999)));
    maybe(
        random, () -> builder.holdUntil(Instant.ofEpochSecond(random.nextInt(), random.nextInt())));
    maybe(random, () -> accepted(() -> builder.other("Y" + random.nextInt(9), text(random))));
    maybe(random, () -> builder.other("x-" + random.nextInt(9), null));
    return builder.build();
  }

  private static DeliverBy deliverBy(Random random) {
    return new DeliverBy(
        random.nextInt(2_000_000) - 1_000_000L,
        any(random, List.of(DeliverBy.Mode.values())),
        random.nextBoolean());
  }

  private static RcptParameters rcptParameters(Random random) {
    RcptParameters.Builder builder = RcptParameters.builder();
    Set<Notify> events = EnumSet.noneOf(Notify.class);
    for (Notify event : Notify.values()) {
      maybe(random, () -> events.add(event));
    }
    if (events.size() > 1) {
      events.remove(Notify.NEVER);
    }
    builder.notify(events);
    maybe(random, () -> accepted(() -> builder.orcpt("utf-8", text(random))));
    maybe(random, () -> accepted(() -> builder.orcpt("rfc822", text(random))));
    maybe(random, () -> builder.orcpt(OriginalRecipient.of(address(random))));
    maybe(random, () -> accepted(() -> builder.other("Y", text(random))));
    return builder.build();
  }

  private static MailAddress address(Random random) {
    return random.nextInt(10) == 0
        ? MailAddress.of("a", "b")
        : MailAddress.of(text(random), domain(random));
  }

  private static String domain(Random random) {
    return any(
        random,
        List.of("a", "mail_1.example.com", "exämple.de", "[192.0.2.7]", "[IPv6:2001:db8::7]"));
  }

  private static <T> T any(Random random, List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  /** Not negative, of any number of digits. */
  private static long size(Random random) {
    return random.nextLong() >>> (1 + random.nextInt(62));
  }

  private static String response(Random random) {
    byte[] octets = new byte[random.nextInt(30)];
    random.nextBytes(octets);
    return octets.length == 0
        ? "="
        : new String(Base64.getEncoder().encode(octets), StandardCharsets.US_ASCII);
  }

  /** One to twelve characters; the empty text is refused everywhere, with nothing to learn. */
  private static String text(Random random) {
    int[] alphabet = TEXT.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(12); left > 0; left--) {
      text.appendCodePoint(alphabet[random.nextInt(random.nextBoolean() ? 6 : alphabet.length)]);
    }
    return text.toString();
  }

  private static void maybe(Random random, Runnable action) {
    if (random.nextInt(4) == 0) {
      action.run();
    }
  }

  /** What the supplier makes as soon as it makes something that is allowed. */
  private static <T> T accepted(Supplier<T> supplier) {
    for (int tries = 0; tries < 1000; tries++) {
      try {
        return supplier.get();
      } catch (SmtpSyntaxException e) {
        // Not legal: the next one may be.
      }
    }
    throw new AssertionError("nothing legal in a thousand tries");
  }
}
