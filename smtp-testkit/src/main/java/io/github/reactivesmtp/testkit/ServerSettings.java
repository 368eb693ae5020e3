package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpReply;
import java.util.ArrayList;
import java.util.List;

/** What a server was started with; the same for all its connections. */
record ServerSettings(
    String hostName,
    List<String> extensions,
    long maxMessageOctets,
    int maxRecipients,
    SmtpReply greeting,
    SmtpReply helo,
    SmtpReply ehlo) {

  static ServerSettings of(
      String hostName, List<String> extensions, long maxMessageOctets, int maxRecipients) {
    return new ServerSettings(
        hostName,
        List.copyOf(extensions),
        maxMessageOctets,
        maxRecipients,
        SmtpReply.of(220, hostName + " ESMTP ready"),
        SmtpReply.of(250, hostName),
        ehlo(hostName, extensions));
  }

  /** The reply to EHLO that offers these extensions. */
  static SmtpReply ehlo(String hostName, List<String> extensions) {
    List<String> lines = new ArrayList<>(extensions);
    lines.add(0, hostName);
    return SmtpReply.of(250, lines.toArray(String[]::new));
  }
}
