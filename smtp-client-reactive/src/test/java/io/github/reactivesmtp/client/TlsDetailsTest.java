package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlsDetailsTest {

  @Test
  void namesOfACertificate() {
    assertThat(TlsDetails.names(TestCertificates.good().getCertificate()))
        .containsExactly("localhost", "127.0.0.1", "::1");
    assertThat(TlsDetails.names(TestCertificates.AUTHORITY.getCertificate())).isEmpty();
  }
}
