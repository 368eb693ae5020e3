package io.github.reactivesmtp.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.OptionalInt;

/** Any reply as an answer to EHLO: nothing throws, and what is said is of a legal range. */
class CapabilitiesFuzzTest {

  @FuzzTest
  void anyReplyIsUnderstoodOrRefused(byte[] octets) {
    ReplyParser parser = new ReplyParser();
    ByteBuffer in = ByteBuffer.wrap(octets);
    SmtpReply reply;
    while ((reply = next(parser, in)) != null) {
      if (reply.isPositive()) {
        check(Capabilities.parse(reply), reply);
      } else {
        SmtpReply refusal = reply;
        assertThrows(SmtpSyntaxException.class, () -> Capabilities.parse(refusal));
      }
    }
  }

  private static SmtpReply next(ReplyParser parser, ByteBuffer in) {
    try {
      return parser.parse(in);
    } catch (SmtpSyntaxException e) {
      return null;
    }
  }

  private static void check(Capabilities capabilities, SmtpReply reply) {
    assertTrue(capabilities.keywords().size() < reply.lines().size());
    for (String keyword : capabilities.keywords()) {
      assertEquals(keyword.toUpperCase(Locale.ROOT), keyword);
      assertTrue(capabilities.supports(keyword.toLowerCase(Locale.ROOT)) || !isAscii(keyword));
      assertNotNull(capabilities.parameters(keyword));
    }
    for (Extension extension : Extension.values()) {
      assertEquals(
          capabilities.keywords().contains(extension.keyword()), capabilities.supports(extension));
    }
    assertTrue(capabilities.maxSize().orElse(1) > 0);
    assertTrue(capabilities.minDeliverBy().orElse(1) > 0);
    assertTrue(capabilities.maxHoldFor().orElse(1) > 0);
    capabilities.maxHoldUntil();
    checkLimit(capabilities.limits().mailMax());
    checkLimit(capabilities.limits().rcptMax());
    checkLimit(capabilities.limits().rcptDomainMax());
    for (String mechanism : capabilities.authMechanisms()) {
      assertFalse(mechanism.isBlank());
    }
    assertTrue(reply.lines().get(0).contains(capabilities.serverName()));
    assertFalse(Fuzz.hasControls(capabilities.toString()), "fit for a line of a log");
  }

  private static void checkLimit(OptionalInt limit) {
    assertTrue(limit.orElse(1) > 0 && limit.orElse(1) <= 999_999);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
