package io.github.reactivesmtp.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens and what it speaks, as written on the command line.
 *
 * @param host a name or an address, an IPv6 address without its brackets; empty for a socket
 * @param port 1 to 65535; 0 for a socket
 * @param socket a Unix domain socket; null for TCP
 */
record ServerAddress(Scheme scheme, String host, int port, @Nullable Path socket) {

  /** What is spoken, and the port it is spoken on if none is named. */
  enum Scheme {
    /** RFC 5321 §4.5.4.2. */
    SMTP(25),
    /** TLS from the first octet, RFC 8314 §7.3. */
    SMTPS(465),
    /** RFC 2033; any port but 25 will do, and 24 is for private mail systems. */
    LMTP(24);

    private final int port;

    Scheme(int port) {
      this.port = port;
    }
  }

  private static final Pattern TCP =
      Pattern.compile(
          "(?:(?i:(smtps?|lmtp))://)?"
              + "(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\s:/@\\[\\]]+))(?::(\\d{1,5}))?");

  private static final Pattern SOCKET = Pattern.compile("(?i:lmtp)://(/[^\\x00-\\x1F]+)");

  /** SMTP over TCP. */
  static ServerAddress smtp(String host, int port) {
    return new ServerAddress(Scheme.SMTP, host, port, null);
  }

  /**
   * Reads {@code host:port}, {@code host}, {@code [::1]:port}, these with {@code smtp://}, {@code
   * smtps://} or {@code lmtp://} in front, or {@code lmtp:///path/to/socket}.
   *
   * @throws CliException with a message for the user if it is none of these
   */
  static ServerAddress parse(String text) {
    if (text.indexOf('@') >= 0) {
      // Perhaps with a password in front of the @, so it is not repeated.
      throw CliException.usage(
          "a server address has no @: give the user with --user and the password with"
              + " --password-file");
    }
    Matcher path = SOCKET.matcher(text);
    if (path.matches()) {
      return new ServerAddress(Scheme.LMTP, "", 0, Path.of(path.group(1)));
    }
    Matcher tcp = TCP.matcher(text);
    if (!tcp.matches()) {
      throw CliException.usage(
          "\""
              + TextLine.of(text)
              + "\" is no server address; write HOST:PORT, such as localhost:2525 or [::1]:25, with"
              + " smtp://, smtps:// or lmtp:// in front, or lmtp:///PATH for a Unix domain socket");
    }
    String host = tcp.group(2) != null ? tcp.group(2) : tcp.group(3);
    int port = tcp.group(4) == null ? 0 : Integer.parseInt(tcp.group(4));
    if (tcp.group(4) != null && (port < 1 || port > 65535)) {
      throw CliException.usage("port " + port + " does not exist; ports go from 1 to 65535");
    }
    Scheme scheme = scheme(tcp.group(1), port);
    return new ServerAddress(scheme, host, port == 0 ? scheme.port : port, null);
  }

  /** Port 465 is known well enough to need no scheme. */
  private static Scheme scheme(@Nullable String written, int port) {
    if (written == null) {
      return port == Scheme.SMTPS.port ? Scheme.SMTPS : Scheme.SMTP;
    }
    return Scheme.valueOf(written.toUpperCase(Locale.ROOT));
  }

  /** As it can be written on the command line, the scheme only where it is needed. */
  @Override
  public String toString() {
    String address =
        socket != null
            ? socket.toString()
            : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    boolean plain = socket == null && scheme == scheme(null, port);
    return plain ? address : scheme.name().toLowerCase(Locale.ROOT) + "://" + address;
  }
}
