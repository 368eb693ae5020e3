package io.github.reactivesmtp.client;

import io.netty.handler.ssl.SslContext;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and what to show, where a connection is encrypted. Immutable: each method but the
 * accessors returns a changed copy. Netty's OpenSSL provider is used when it is on the class path,
 * the JDK's otherwise.
 *
 * @param trust who vouches for servers; null for the JDK's certificate authorities
 * @param clientCertificate what to show to a server that asks; null for nothing
 * @param protocols the versions allowed, such as {@code TLSv1.3}
 * @param serverName the name the certificate must be for, also sent as SNI; null for the host
 *     connected to
 * @param verify whether the certificate must be good; see {@link #insecureSkipVerify()}
 * @param context a context made elsewhere, which makes trust, client certificate and protocols its
 *     own business; null for none
 */
public record TlsOptions(
    @Nullable TrustManagerFactory trust,
    @Nullable KeyManagerFactory clientCertificate,
    List<String> protocols,
    @Nullable String serverName,
    boolean verify,
    @Nullable SslContext context) {

  /** The JDK's certificate authorities, no client certificate, TLS 1.2 and 1.3. */
  public static final TlsOptions DEFAULT =
      new TlsOptions(null, null, List.of("TLSv1.3", "TLSv1.2"), null, true, null);

  /** Refuses an empty list of protocols. */
  public TlsOptions {
    protocols = List.copyOf(protocols);
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("Without a TLS version there is no TLS.");
    }
  }

  /** Trusts whom this says. */
  public TlsOptions trust(TrustManagerFactory authorities) {
    return new TlsOptions(authorities, clientCertificate, protocols, serverName, verify, context);
  }

  /** Trusts these authorities, or self-signed certificates, and no others. */
  public TlsOptions trust(X509Certificate... certificates) {
    return trust(KeyMaterial.trust(List.of(certificates)));
  }

  /**
   * Trusts the authorities, or self-signed certificates, of a PEM file and no others. Reads it now.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it holds something else
   */
  public TlsOptions trust(Path pem) {
    return trust(KeyMaterial.trust(KeyMaterial.certificates(pem)));
  }

  /** Shows what this says to a server that asks for a certificate. */
  public TlsOptions clientCertificate(KeyManagerFactory keys) {
    return new TlsOptions(trust, keys, protocols, serverName, verify, context);
  }

  /** Allows these versions only. */
  public TlsOptions protocols(String... versions) {
    return new TlsOptions(trust, clientCertificate, List.of(versions), serverName, verify, context);
  }

  /** Expects a certificate for this name, where the host connected to has another. */
  public TlsOptions serverName(String name) {
    return new TlsOptions(trust, clientCertificate, protocols, name, verify, context);
  }

  /**
   * Takes any certificate, and sends credentials to whoever shows it. Anyone on the way can then
   * read and alter everything: for tests, never for mail that matters.
   */
  public TlsOptions insecureSkipVerify() {
    return new TlsOptions(trust, clientCertificate, protocols, serverName, false, context);
  }

  /**
   * Uses a context made elsewhere. The server's name is checked all the same, unless {@link
   * #insecureSkipVerify()}. With {@link TlsMode#OPPORTUNISTIC} the context decides alone: a
   * certificate that it refuses makes mail go in clear, and none counts as good.
   */
  public TlsOptions context(SslContext made) {
    return new TlsOptions(trust, clientCertificate, protocols, serverName, verify, made);
  }
}
