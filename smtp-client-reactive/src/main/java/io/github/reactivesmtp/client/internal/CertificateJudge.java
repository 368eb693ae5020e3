package io.github.reactivesmtp.client.internal;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a server's certificate, its name included, and says in words what is wrong with it. A
 * strict one ends the handshake then and may be shared; a lenient one lets it pass and remembers,
 * so it is for one connection.
 */
final class CertificateJudge extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager authority;
  private final boolean strict;
  private volatile @Nullable CertificateException distrust;

  CertificateJudge(X509ExtendedTrustManager authority, boolean strict) {
    this.authority = authority;
    this.strict = strict;
  }

  /** What a lenient judge has let pass; null for nothing. */
  @Nullable CertificateException distrust() {
    return distrust;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      authority.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      CertificateException inWords = Distrust.inWords(e, engine.getPeerHost(), List.of(chain));
      if (strict) {
        throw inWords;
      }
      distrust = inWords;
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.getAcceptedIssuers();
  }

  // What a client that has an engine is never asked.

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authority.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authority.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authority.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authority.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    authority.checkClientTrusted(chain, authType, engine);
  }
}
