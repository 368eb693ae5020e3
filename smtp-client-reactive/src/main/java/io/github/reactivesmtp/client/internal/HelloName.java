package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name that a client gives in EHLO when it was told none. */
public final class HelloName {

  private HelloName() {}

  /** This host's name, or an address literal where it has none (RFC 5321 §4.1.4). */
  public static String ofThisHost() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return new SmtpCommand.Ehlo(name).domain();
    } catch (UnknownHostException | SmtpSyntaxException noName) {
      return "[127.0.0.1]";
    }
  }
}
