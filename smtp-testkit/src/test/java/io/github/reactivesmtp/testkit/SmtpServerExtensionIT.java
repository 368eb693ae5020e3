package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmtpServerExtensionIT {

  private static void sendOne(SmtpServer server) throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      client.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nBDAT 1 LAST\r\nx");
      assertThat(client.codes(3)).containsExactly(250, 250, 250);
    }
  }

  @Nested
  class AsAField {

    private static final Set<Integer> SEEN = ConcurrentHashMap.newKeySet();

    @RegisterExtension final SmtpServerExtension smtp = new SmtpServerExtension();

    @RepeatedTest(3)
    void startsAServerForEachTest(SmtpServer parameter) throws IOException {
      assertThat(parameter).isSameAs(smtp.server());
      assertThat(SEEN.add(System.identityHashCode(smtp.server()))).isTrue();
      assertThat(smtp.server().connections()).isZero();
      sendOne(smtp.server());
      assertThat(smtp.server().messages()).hasSize(1);
    }
  }

  @Nested
  class AsAStaticField {

    @RegisterExtension
    static final SmtpServerExtension SMTP =
        new SmtpServerExtension(server -> server.hostName("other.example"));

    private static final Set<SmtpServer> SEEN = ConcurrentHashMap.newKeySet();

    @RepeatedTest(3)
    void startsOneServerForTheClassAndClearsIt() throws IOException {
      SEEN.add(SMTP.server());
      assertThat(SEEN).hasSize(1);
      assertThat(SMTP.server().hostName()).isEqualTo("other.example");
      assertThat(SMTP.server().messages()).isEmpty();
      assertThat(SMTP.server().transcript()).isEmpty();
      sendOne(SMTP.server());
      assertThat(SMTP.server().messages()).hasSize(1);
    }
  }

  @Nested
  @ExtendWith(SmtpServerExtension.class)
  class ByAnnotation {

    @Test
    void comesAsAParameter(SmtpServer server) throws IOException {
      sendOne(server);
      assertThat(server.messages()).hasSize(1);
    }

    @Nested
    class Inside {

      @Test
      void isThereInNestedClassesToo(SmtpServer server) {
        assertThat(server.messages()).isEmpty();
      }
    }
  }

  @Test
  void hasNoServerOutsideOfTests() {
    assertThatThrownBy(() -> new SmtpServerExtension().server())
        .isInstanceOf(IllegalStateException.class);
  }
}
