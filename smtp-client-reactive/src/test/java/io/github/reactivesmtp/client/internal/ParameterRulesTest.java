package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.CommandParser;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each parameter with a server that offers its extension, and with one that does not. */
class ParameterRulesTest {

  /** Parameter, what must be offered for it, and the RFC that a refusal names. */
  private static final String[] MAIL = {
    "RET=HDRS | DSN | 3461",
    "ENVID=QQ314159 | DSN | 3461",
    "AUTH=a+2Bb@c.example | AUTH PLAIN | 4954",
    "AUTH=<> | AUTH PLAIN | 4954",
    "REQUIRETLS | REQUIRETLS | 8689",
    "BY=120;R | DELIVERBY | 2852",
    "BY=120;NT | DELIVERBY | 2852",
    "MT-PRIORITY=3 | MT-PRIORITY MIXER | 6710",
    "HOLDFOR=60 | FUTURERELEASE 60 2030-01-01T00:00:00Z | 4865",
    "HOLDUNTIL=2029-12-31T00:00:00Z | FUTURERELEASE 60 2030-01-01T00:00:00Z | 4865",
    "SMTPUTF8 | SMTPUTF8 | 6531",
    "BODY=8BITMIME | 8BITMIME | 6152",
    "BODY=BINARYMIME | BINARYMIME, CHUNKING | 3030",
  };

  private static final String[] RCPT = {
    "NOTIFY=NEVER | DSN | 3461",
    "NOTIFY=SUCCESS,DELAY | DSN | 3461",
    "ORCPT=rfc822;a+2Bb@c.example | DSN | 3461",
  };

  private static final Set<Extension> PREFERABLE =
      Set.of(Extension.DSN, Extension.AUTH, Extension.DELIVERBY, Extension.MT_PRIORITY);

  private final TestOptions options = new TestOptions();
  private boolean verified = true;

  static Stream<Arguments> parameters() {
    List<Arguments> rows = new ArrayList<>();
    for (String verb : new String[] {"MAIL", "RCPT"}) {
      for (String row : verb.equals("MAIL") ? MAIL : RCPT) {
        String[] cells = row.split(" \\| ", -1);
        rows.add(Arguments.of(verb, cells[0], cells[1].split(", ", -1), cells[2]));
      }
    }
    return rows.stream();
  }

  private static String firstWord(String text) {
    return text.replaceAll("[ =].*", "");
  }

  private static SmtpCommand command(String line) {
    byte[] octets = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
    SmtpCommand command = new CommandParser().parse(ByteBuffer.wrap(octets));
    assertThat(command).isNotNull();
    return command;
  }

  /** What is said of an envelope with these parameters to a server that offers this. */
  private String said(String verb, String parameters, String... offered) {
    String mail = verb.equals("MAIL") ? parameters : "";
    String rcpt = verb.equals("RCPT") ? parameters : "";
    var from = (SmtpCommand.Mail) command("MAIL FROM:<a@from.example> " + mail);
    var to = (SmtpCommand.Rcpt) command("RCPT TO:<b@to.example> " + rcpt);
    Envelope envelope =
        Envelope.builder()
            .from("a@from.example")
            .mailParameters(from.parameters())
            .to(to.forwardPath(), to.parameters())
            .body(MessageBody.text("x\r\n"))
            .build();
    String[] ehlo =
        Stream.concat(Stream.of("mx.example"), Arrays.stream(offered)).toArray(String[]::new);
    TransactionPlan plan =
        TransactionPlan.of(
            envelope,
            envelope.recipients(),
            MessageFacts.of(envelope),
            Capabilities.parse(SmtpReply.of(250, ehlo)),
            verified,
            options.build(),
            false,
            false);
    String ofRcpt = plan.recipients().get(0).parameters().toString();
    return (plan.parameters() + ofRcpt).strip();
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void isSaidWhereOffered(String verb, String parameter, String[] offered, String rfc) {
    assertThat(said(verb, parameter, offered)).isEqualTo(parameter);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void isRefusedWhereNotOffered(String verb, String parameter, String[] offered, String rfc) {
    for (String missing : offered) {
      String[] others = Stream.of(offered).filter(o -> !o.equals(missing)).toArray(String[]::new);
      assertThatThrownBy(() -> said(verb, parameter, others))
          .isInstanceOf(MessageRefusedException.class)
          .hasMessageContaining(firstWord(missing))
          .hasMessageContaining("RFC " + rfc)
          .hasMessageContaining(firstWord(parameter))
          .hasMessageContaining("Nothing was sent");
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void isLeftOutWhereNotOfferedAndOnlyPreferred(
      String verb, String parameter, String[] offered, String rfc) {
    options.preferred = PREFERABLE;
    boolean preferable =
        PREFERABLE.stream().anyMatch(e -> e.keyword().equals(firstWord(offered[0])));
    // Without BY, what was to be returned when late would be delivered late.
    boolean toBeReturned = parameter.equals("BY=120;R");
    if (preferable && !toBeReturned) {
      assertThat(said(verb, parameter)).isEmpty();
    } else {
      assertThatThrownBy(() -> said(verb, parameter)).isInstanceOf(MessageRefusedException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void isSaidWhereOfferedAndPreferred(String verb, String parameter, String[] offered, String rfc) {
    options.preferred = PREFERABLE;
    assertThat(said(verb, parameter, offered)).isEqualTo(parameter);
  }

  @Test
  void onlyWhatIsNotOfferedIsLeftOut() {
    options.preferred = PREFERABLE;
    assertThat(
            said(
                "MAIL",
                "RET=FULL ENVID=1 AUTH=<> BY=9;N MT-PRIORITY=1 X-OWN=2",
                "AUTH PLAIN",
                "MT-PRIORITY"))
        .isEqualTo("AUTH=<> MT-PRIORITY=1 X-OWN=2");
    assertThat(said("RCPT", "NOTIFY=FAILURE ORCPT=rfc822;a@b X-OWN=2")).isEqualTo("X-OWN=2");
  }

  @Test
  void oneThatIsPreferredExcusesNoOther() {
    options.preferred = Set.of(Extension.DSN);
    assertThatThrownBy(() -> said("MAIL", "RET=FULL MT-PRIORITY=1"))
        .hasMessageContaining("MT-PRIORITY");
  }

  @Test
  void parametersWithoutATypeAreSentAsTheyAre() {
    assertThat(said("MAIL", "X-OWN=1 TRANSID=2")).isEqualTo("X-OWN=1 TRANSID=2");
    assertThat(said("RCPT", "X-OWN=1")).isEqualTo("X-OWN=1");
  }

  // --- what an offer allows

  @ParameterizedTest
  @CsvSource({
    "BY=239;R, DELIVERBY 240, false",
    "BY=240;R, DELIVERBY 240, true",
    "BY=1;R, DELIVERBY, true",
    "BY=1;R, DELIVERBY 0, true",
    "BY=1;N, DELIVERBY 240, true",
    "BY=-5;N, DELIVERBY 240, true",
    "HOLDFOR=61, FUTURERELEASE 60 2030-01-01T00:00:00Z, false",
    "HOLDFOR=60, FUTURERELEASE 60 2030-01-01T00:00:00Z, true",
    "HOLDFOR=999999999, FUTURERELEASE, true",
    "HOLDUNTIL=2030-01-01T00:00:01Z, FUTURERELEASE 60 2030-01-01T00:00:00Z, false",
    "HOLDUNTIL=2030-01-01T00:00:00Z, FUTURERELEASE 60 2030-01-01T00:00:00Z, true",
    "HOLDUNTIL=2099-01-01T00:00:00Z, FUTURERELEASE 60, true"
  })
  void theServersLimitsAreKept(String parameter, String offered, boolean allowed) {
    if (allowed) {
      assertThat(said("MAIL", parameter, offered)).isEqualTo(parameter);
    } else {
      assertThatThrownBy(() -> said("MAIL", parameter, offered))
          .isInstanceOf(MessageRefusedException.class)
          .hasMessageContaining(firstWord(offered))
          .hasMessageContaining("Nothing was sent");
    }
  }

  @Test
  void aDeadlineToReturnByIsNeverLeftOut() {
    options.preferred = PREFERABLE;
    assertThatThrownBy(() -> said("MAIL", "BY=1;R", "DELIVERBY 240"))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("240 s");
  }

  /** RFC 8689 §4.2.1: over TLS with a server that was verified, and no other. */
  @Test
  void requireTlsIsSaidOnlyToAVerifiedServer() {
    verified = false;
    assertThatThrownBy(() -> said("MAIL", "REQUIRETLS", "REQUIRETLS"))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("verified");
  }

  @Test
  void binaryMimeNeedsChunkingInTheClientToo() {
    options.chunking = false;
    assertThatThrownBy(() -> said("MAIL", "BODY=BINARYMIME", "BINARYMIME", "CHUNKING"))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("CHUNKING");
  }

  /** RFC 6152: 7BIT says what its absence says. */
  @Test
  void sevenBitIsLeftOutWhereBodyIsNotKnown() {
    assertThat(said("MAIL", "BODY=7BIT")).isEmpty();
    assertThat(said("MAIL", "BODY=7BIT", "8BITMIME")).isEqualTo("BODY=7BIT");
  }

  @Test
  void eightBitMimeIsLeftOutIfEightBitIsAllowedAnyway() {
    options.allowEightBit = true;
    assertThat(said("MAIL", "BODY=8BITMIME")).isEmpty();
  }

  @Test
  void sizeIsLeftOutWhereNotOffered() {
    assertThat(said("MAIL", "SIZE=3")).isEmpty();
    assertThat(said("MAIL", "SIZE=3", "SIZE")).isEqualTo("SIZE=3");
  }

  // --- what the client may be told to prefer

  @ParameterizedTest
  @EnumSource(Extension.class)
  void onlyWhatDoesNotChangeTheMessageIsDispensable(Extension extension) {
    if (PREFERABLE.contains(extension)) {
      assertThat(ParameterRules.requireDispensable(extension)).isEqualTo(extension);
    } else {
      assertThatThrownBy(() -> ParameterRules.requireDispensable(extension))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(extension.keyword());
    }
  }
}
