package io.github.reactivesmtp.client.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.ForkedJvm;
import io.github.reactivesmtp.client.bounds.HostileServer.Place;
import io.github.reactivesmtp.client.bounds.SmallClient.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers that send without end, or read nothing, and a client in a JVM of 64 MiB: the true
 * outcome, a closed connection, and memory within bounds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MemoryBoundsIT {

  /** In use after a collection, everything the JVM has loaded included. */
  private static final long HEAP = 24L << 20;

  private static final long DIRECT = 16L << 20;

  /**
   * Of a body whose sending has come to a standstill: what the kernel's buffers hold, and a bit.
   */
  private static final long ASKED = 8L << 20;

  /** Of what a server sends without end: a reply's limit, and the kernel's buffers. */
  private static final long TAKEN = 16L << 20;

  /** The table: who does what, where, whether it offers CHUNKING, and what is then true. */
  enum Case {
    ENDLESS_GREETING(Attack.ENDLESS_LINE, Place.GREETING, false, "NOT_SENT"),
    ENDLESS_LINE_TO_EHLO(Attack.ENDLESS_LINE, Place.EHLO, false, "NOT_SENT"),
    ENDLESS_LINE_TO_MAIL(Attack.ENDLESS_LINE, Place.MAIL, false, "NOT_SENT"),
    ENDLESS_LINE_TO_MAIL_AHEAD_OF_BDAT(Attack.ENDLESS_LINE, Place.MAIL, true, "UNKNOWN"),
    ENDLESS_LINE_TO_CONTENT(Attack.ENDLESS_LINE, Place.CONTENT, false, "UNKNOWN"),
    ENDLESS_LINES_TO_EHLO(Attack.ENDLESS_MULTILINE, Place.EHLO, false, "NOT_SENT"),
    ENDLESS_LINES_TO_MAIL(Attack.ENDLESS_MULTILINE, Place.MAIL, false, "NOT_SENT"),
    ENDLESS_LINES_TO_CONTENT(Attack.ENDLESS_MULTILINE, Place.CONTENT, false, "UNKNOWN"),
    ENDLESS_LINES_TO_BDAT(Attack.ENDLESS_MULTILINE, Place.CONTENT, true, "UNKNOWN"),
    BIG_ANSWER_TO_EHLO(Attack.BIG_REPLY, Place.EHLO, false, "NOT_SENT"),
    FLOOD_BEHIND_GREETING(Attack.FLOOD, Place.GREETING, false, "NOT_SENT"),
    FLOOD_BEHIND_EHLO(Attack.FLOOD, Place.EHLO, true, "NOT_SENT"),
    FLOOD_BEHIND_MAIL(Attack.FLOOD, Place.MAIL, false, "NOT_SENT"),
    FLOOD_BEHIND_MAIL_AHEAD_OF_BDAT(Attack.FLOOD, Place.MAIL, true, "UNKNOWN"),
    FLOOD_IN_MID_CONTENT(Attack.FLOOD, Place.MID_CONTENT, false, "NOT_SENT"),
    FLOOD_BEHIND_CONTENT(Attack.FLOOD, Place.CONTENT, false, "UNKNOWN"),
    FLOOD_WHILE_IDLE(Attack.FLOOD, Place.IDLE, false, "ACCEPTED"),
    DRIPPED_GREETING(Attack.DRIP, Place.GREETING, false, "NOT_SENT"),
    DRIPPED_EHLO(Attack.DRIP, Place.EHLO, false, "NOT_SENT"),
    DRIPPED_REPLY_TO_MAIL(Attack.DRIP, Place.MAIL, false, "NOT_SENT"),
    DRIPPED_REPLY_TO_CONTENT(Attack.DRIP, Place.CONTENT, false, "UNKNOWN"),
    STANDSTILL_IN_DATA(Attack.STANDSTILL, Place.MID_CONTENT, false, "NOT_SENT"),
    STANDSTILL_IN_BDAT(Attack.STANDSTILL, Place.MID_CONTENT, true, "NOT_SENT");

    private final Attack attack;
    private final Place place;
    private final boolean chunking;
    private final String outcome;

    Case(Attack attack, Place place, boolean chunking, String outcome) {
      this.attack = attack;
      this.place = place;
      this.chunking = chunking;
      this.outcome = outcome;
    }

    boolean gibibyte() {
      return place == Place.MID_CONTENT;
    }
  }

  private final Map<Case, HostileServer> servers = new HashMap<>();
  private final Map<String, Sent> sent = new HashMap<>();
  private String output = "";

  @BeforeAll
  void send() throws Exception {
    List<String> arguments = new ArrayList<>();
    for (Case each : Case.values()) {
      HostileServer server = new HostileServer(each.attack, each.place, each.chunking);
      servers.put(each, server);
      arguments.add(each.name());
      arguments.add(Integer.toString(server.port()));
      arguments.add(each.gibibyte() ? "gibibyte" : "small");
    }
    output =
        ForkedJvm.run(
            List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"),
            SmallClient.class,
            arguments.toArray(String[]::new));
    output.lines().map(Sent::of).filter(Objects::nonNull).forEach(s -> sent.put(s.name(), s));
    long heap = sent.values().stream().mapToLong(Sent::heap).max().orElse(0);
    long direct = sent.values().stream().mapToLong(Sent::direct).max().orElse(0);
    System.out.printf(
        "bounds: %d attacks, at most %,d octets of heap after a collection, %,d of direct memory%n",
        sent.size(), heap, direct);
  }

  @AfterAll
  void close() throws Exception {
    for (HostileServer server : servers.values()) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void endsTrulyAndWithinBounds(Case attack) {
    Sent result = sent.get(attack.name());
    assertThat(result).as(output).isNotNull();

    assertThat(result.outcome()).as(result.cause()).isEqualTo(attack.outcome + ", then ACCEPTED");
    assertThat(result.open()).as("connections open").isZero();
    assertThat(result.heap()).as("heap after a collection").isLessThan(HEAP);
    assertThat(result.direct()).as("direct memory").isLessThan(DIRECT);
    assertThat(result.asked()).as("octets asked of the publisher").isLessThan(ASKED);
    assertThat(servers.get(attack).written()).as("octets the server got rid of").isLessThan(TAKEN);
  }
}
