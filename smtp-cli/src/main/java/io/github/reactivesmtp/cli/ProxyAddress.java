package io.github.reactivesmtp.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.ProxyProvider;

/** A proxy as written on the command line. */
record ProxyAddress(ProxyProvider.Proxy type, String host, int port) {

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?i:(socks[45]|http))://(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\s:/@\\[\\]]+)):(\\d{1,5})/?");

  /**
   * Reads {@code socks5://host:port}, {@code socks4://host:port} or {@code http://host:port}.
   *
   * @throws CliException if it is none of these
   */
  static ProxyAddress parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw CliException.usage(
          "--proxy must be socks5://HOST:PORT, socks4://HOST:PORT or http://HOST:PORT, without user"
              + " and password");
    }
    int port = Integer.parseInt(matcher.group(4));
    if (port < 1 || port > 65535) {
      throw CliException.usage("port " + port + " does not exist; ports go from 1 to 65535");
    }
    return new ProxyAddress(
        ProxyProvider.Proxy.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        matcher.group(2) != null ? matcher.group(2) : matcher.group(3),
        port);
  }

  /** Connections through this proxy; it also resolves the server's name. */
  TcpClient use(TcpClient tcp) {
    return tcp.proxy(proxy -> proxy.type(type).host(host).port(port));
  }
}
