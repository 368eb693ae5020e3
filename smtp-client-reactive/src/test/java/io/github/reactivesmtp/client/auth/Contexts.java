package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;

/** Connections to authenticate on, in clear text and with TLS. */
public final class Contexts {

  /** Self-signed, with SHA-384. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBRTCB66ADAgECAghc6n6MUaUJPjAKBggqhkjOPQQDAzAXMRUwEwYDVQQDEwxt
      YWlsLmV4YW1wbGUwHhcNMjYxMTI1MDEzMDMxWhcNMzYxMTIyMDEzMDMxWjAXMRUw
      EwYDVQQDEwxtYWlsLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASq
      GiE5rNE/EKvtIzIN0aV5br14/Fr74pgSB8W+z2Qh5kkz9xaWKv4CxWoOEmAxGFna
      kGnFLpuCkPJbxvKSb/LHoyEwHzAdBgNVHQ4EFgQU7mBzQAt/zPczkfc2/Q2YK1Gv
      3fAwCgYIKoZIzj0EAwMDSQAwRgIhALr+5YZTcm7qn3eNe4hBB+3RvQGQhTncR5G4
      M41dlITGAiEA8o+5j4XT8WKrwdyq445QnUKYBTqSUe4NjtVrvbHd1Wg=
      -----END CERTIFICATE-----
      """;

  /** What RFC 5929 §4.1 makes of it. */
  static final String CERTIFICATE_SHA_384 =
      "61dbc2696534e6db08ee6c05ef75f09360f81907d005798fe8c8a9cd87f893569961dda60cceb5f4b276f0532623e73e";

  private Contexts() {}

  public static SaslContext clear(String... offered) {
    return new SaslContext("server.example.com", 143, Set.of(offered), null);
  }

  public static SaslContext tls(String... offered) {
    return new SaslContext("server.example.com", 143, Set.of(offered), certificate());
  }

  private static X509Certificate certificate() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(CERTIFICATE.getBytes(US_ASCII)));
    } catch (CertificateException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
