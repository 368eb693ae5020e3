package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.testkit.sasl.SaslServer;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server was started with; the same for all its connections.
 *
 * @param tls null if it has no TLS
 * @param implicitTls whether TLS begins with the connection
 */
record ServerSettings(
    String hostName,
    @Nullable SslContext tls,
    boolean implicitTls,
    SaslServer sasl,
    long maxMessageOctets,
    int maxRecipients,
    SmtpReply greeting,
    SmtpReply helo,
    SmtpReply ehloInClear,
    SmtpReply ehloOverTls) {

  private static final String STARTTLS = "STARTTLS";

  static ServerSettings of(
      String hostName,
      @Nullable SslContext tls,
      boolean implicitTls,
      SaslServer sasl,
      List<String> extensions,
      List<String> extensionsInClear,
      long maxMessageOctets,
      int maxRecipients) {
    return new ServerSettings(
        hostName,
        tls,
        implicitTls,
        sasl,
        maxMessageOctets,
        maxRecipients,
        SmtpReply.of(220, hostName + " ESMTP ready"),
        SmtpReply.of(250, hostName),
        ehlo(hostName, tls == null ? extensionsInClear : withStartTls(extensionsInClear)),
        ehlo(hostName, withoutStartTls(extensions)));
  }

  /** The reply to EHLO unless a script advertises something else. */
  SmtpReply ehlo(boolean overTls) {
    return overTls ? ehloOverTls : ehloInClear;
  }

  /** The reply to EHLO that offers these extensions. */
  static SmtpReply ehlo(String hostName, List<String> extensions) {
    List<String> lines = new ArrayList<>(extensions);
    lines.add(0, hostName);
    return SmtpReply.of(250, lines.toArray(String[]::new));
  }

  private static List<String> withStartTls(List<String> extensions) {
    List<String> more = new ArrayList<>(withoutStartTls(extensions));
    more.add(STARTTLS);
    return more;
  }

  /** RFC 3207 §4.2: not to be offered once TLS is up. */
  private static List<String> withoutStartTls(List<String> extensions) {
    return extensions.stream()
        .filter(keyword -> !keyword.strip().toUpperCase(Locale.ROOT).equals(STARTTLS))
        .toList();
  }
}
