package io.github.reactivesmtp.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, as written on the command line.
 *
 * @param host a name or an address, an IPv6 address without its brackets
 * @param port 1 to 65535
 */
record ServerAddress(String host, int port) {

  /** The port of mail relays (RFC 5321 §4.5.4.2). */
  private static final int DEFAULT_PORT = 25;

  private static final Pattern SYNTAX =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\s:/@\\[\\]]+))(?::(\\d{1,5}))?");

  /**
   * Reads {@code host:port}, {@code host}, {@code [::1]:port} or {@code [::1]}.
   *
   * @throws CliException with a message for the user if it is none of these
   */
  static ServerAddress parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw CliException.usage(
          "\""
              + TextLine.of(text)
              + "\" is no server address; write HOST:PORT, such as localhost:2525 or [::1]:25");
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    int port = matcher.group(3) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(3));
    if (port < 1 || port > 65535) {
      throw CliException.usage("port " + port + " does not exist; ports go from 1 to 65535");
    }
    return new ServerAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
