package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.SmtpInjectionException;
import io.github.reactivesmtp.client.SmtpTlsException;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Puts TLS under a connection, at its beginning or after STARTTLS. */
final class TlsUpgrade {

  /** RFC 8446 §6: what the server says when it goes, or has a trouble of its own. */
  private static final List<String> PASSING_ALERTS =
      List.of("close_notify", "internal_error", "user_canceled");

  private final TlsOptions options;
  private final TlsMode mode;
  private final Duration timeout;
  private final boolean strict;
  private final @Nullable X509ExtendedTrustManager authority;

  /** The context of a strict client, shared so that sessions are resumed. */
  private final @Nullable SslContext shared;

  /**
   * Whether TLS is asked for at all is the caller's business.
   *
   * @throws IllegalArgumentException if these options allow no TLS, such as by a protocol that
   *     there is not
   */
  TlsUpgrade(TlsOptions options, TlsMode mode, Duration timeout) {
    this.options = options;
    this.mode = mode;
    this.timeout = timeout;
    this.strict = options.verify() && mode != TlsMode.OPPORTUNISTIC;
    if (options.context() != null || mode == TlsMode.NONE) {
      this.authority = null;
      this.shared = options.context();
    } else {
      this.authority = authority(options.trust());
      SslContext context = context(new CertificateJudge(authority, true));
      tryOut(context);
      this.shared = strict ? context : null;
    }
  }

  /** What is wrong with the options is to be told now, not for each message. */
  private static void tryOut(SslContext context) {
    ReferenceCountUtil.release(context.newEngine(ByteBufAllocator.DEFAULT));
  }

  /**
   * Shakes hands; completes, on the event loop, when all that follows is encrypted. Errors are
   * {@link SmtpTlsException} for what will not change and {@link SmtpException} for a connection
   * lost meanwhile.
   */
  Mono<TlsDetails> on(Channel channel, ServerAddress server) {
    return Mono.create(
        sink -> {
          CertificateJudge lenient = null;
          SslContext context = shared;
          if (context == null && authority != null) {
            // Its own context, for a resumed session would not be judged.
            lenient = new CertificateJudge(authority, false);
            context = context(lenient);
          }
          if (context == null) {
            throw new IllegalStateException("TLS was not asked for.");
          }
          SslHandler handler = handler(context, channel, server);
          CertificateJudge judge = lenient;
          if (judge != null) {
            SslContext own = context;
            channel.closeFuture().addListener(closed -> ReferenceCountUtil.release(own));
          }
          addBehindProxy(channel.pipeline(), handler);
          handler
              .handshakeFuture()
              .addListener(
                  done -> {
                    Throwable failure = done.cause();
                    if (failure == null) {
                      sink.success(details(handler.engine().getSession(), judge));
                    } else {
                      sink.error(explain(failure, server));
                    }
                  });
        });
  }

  /** A proxy is spoken to in clear, and may not have connected yet. */
  private static void addBehindProxy(ChannelPipeline pipeline, SslHandler handler) {
    ProxyHandler proxy = pipeline.get(ProxyHandler.class);
    if (proxy == null) {
      pipeline.addFirst("smtp.tls", handler);
    } else {
      pipeline.addAfter(pipeline.context(proxy).name(), "smtp.tls", handler);
    }
  }

  private SslHandler handler(SslContext context, Channel channel, ServerAddress server) {
    String name = options.serverName();
    String host = name == null ? server.host() : name;
    SslHandler handler = context.newHandler(channel.alloc(), host, server.port());
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    SSLEngine engine = handler.engine();
    SSLParameters parameters = engine.getSSLParameters();
    // Without this any certificate of a trusted authority would do, whoever's it is.
    boolean checkName = strict || options.context() == null;
    // Netty turns it on by itself; the empty name, not null, turns it off.
    parameters.setEndpointIdentificationAlgorithm(checkName ? "HTTPS" : "");
    engine.setSSLParameters(parameters);
    return handler;
  }

  private SslContext context(CertificateJudge judge) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient().protocols(options.protocols()).trustManager(judge);
      if (options.clientCertificate() != null) {
        builder.keyManager(options.clientCertificate());
      }
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager authority(@Nullable TrustManagerFactory trust) {
    try {
      TrustManagerFactory factory = trust;
      if (factory == null) {
        factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
      }
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("trust has no X509ExtendedTrustManager."));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK's certificate authorities cannot be read.", e);
    }
  }

  private TlsDetails details(SSLSession session, @Nullable CertificateJudge judge) {
    List<X509Certificate> chain;
    try {
      chain =
          Arrays.stream(session.getPeerCertificates())
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .toList();
    } catch (SSLPeerUnverifiedException none) {
      chain = List.of();
    }
    CertificateException distrust =
        judge != null
            ? judge.distrust()
            : strict ? null : new CertificateException("its certificate was not checked");
    return new TlsDetails(session.getProtocol(), session.getCipherSuite(), chain, distrust);
  }

  private SmtpException explain(Throwable failure, ServerAddress server) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CertificateException distrust) {
        return new SmtpTlsException(
            server + " is not trusted: " + sentence(distrust) + ". Nothing was sent.", failure);
      }
    }
    if (failure instanceof NotSslRecordException) {
      return mode == TlsMode.IMPLICIT
          ? new SmtpTlsException(
              server
                  + " does not begin with TLS. Ports that begin in clear (25, 587) need STARTTLS."
                  + " Nothing was sent.",
              failure)
          : injected(server, failure);
    }
    return mayPass(failure)
        ? new SmtpException(
            "The connection to " + server + " was lost in the TLS handshake: " + words(failure),
            failure)
        : new SmtpTlsException(
            "No TLS with " + server + ": " + words(failure) + ". Nothing was sent.", failure);
  }

  /** Whether it is about this connection, not about what the two can agree on. */
  private static boolean mayPass(Throwable failure) {
    if (!(failure instanceof SSLException) || failure instanceof SslHandshakeTimeoutException) {
      return true;
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IOException && !(t instanceof SSLException)) {
        return true; // a proxy's refusal among them
      }
    }
    String text = String.valueOf(failure.getMessage());
    return text.startsWith("Connection closed")
        || PASSING_ALERTS.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
  }

  /** What to say when octets in clear followed the reply to STARTTLS. */
  static SmtpInjectionException injected(ServerAddress server, @Nullable Throwable cause) {
    return new SmtpInjectionException(
        "Octets in clear followed the reply of "
            + server
            + " to STARTTLS, as if someone on the way had put them there. Nothing was sent.",
        cause);
  }

  /** Those of what lies behind it all. */
  private static String words(Throwable failure) {
    if (failure.getCause() != null) {
      return words(failure.getCause());
    }
    return sentence(failure);
  }

  private static String sentence(Throwable failure) {
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
