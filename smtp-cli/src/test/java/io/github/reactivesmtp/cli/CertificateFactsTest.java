package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFactsTest {

  @Test
  void sayWhoItIsFor() {
    CertificateFacts facts =
        CertificateFacts.of(
            Certificates.server(Instant.parse("2026-06-01T12:00:00Z")).getCertificate());
    assertThat(facts.subject()).isEqualTo("CN=localhost");
    assertThat(facts.names()).containsExactly("localhost", "127.0.0.1");
    assertThat(facts.issuer()).isEqualTo("CN=Test authority");
    assertThat(facts.notBefore()).isEqualTo("2025-11-13T12:00:00Z");
    assertThat(facts.notAfter()).isEqualTo("2026-06-01T12:00:00Z");
  }

  @Test
  void withoutAlternativeNamesItIsForNoHost() {
    assertThat(CertificateFacts.of(Certificates.client(Algorithm.ecp256).getCertificate()).names())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "86399, 0", "86400, 1", "172800, 2", "-1, -1", "-86400, -1", "-86401, -2"})
  void daysLeft(long secondsLeft, long days) {
    Instant end = Instant.parse("2026-06-01T12:00:00Z");
    CertificateFacts facts = new CertificateFacts("", List.of(), "", Instant.EPOCH, end);
    assertThat(facts.daysLeft(end.minusSeconds(secondsLeft))).isEqualTo(days);
  }
}
