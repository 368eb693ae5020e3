package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.cli.ServerAddress.Scheme;
import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where to connect and how: the same options for every command that connects. */
final class ConnectionOptions {

  @Option(
      names = "--server",
      split = ",",
      paramLabel = "SERVER",
      description = {
        "HOST[:PORT], port 25 if left out; with smtps:// in front, or on port 465, TLS from the first"
            + " octet; with lmtp:// LMTP; lmtp:///PATH is a Unix domain socket. Of several, those"
            + " after the first are used when it cannot be reached."
      })
  private List<String> servers = List.of();

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "The name to say in EHLO (default: this host's).")
  private @Nullable String helo;

  @Option(
      names = "--source",
      split = ",",
      paramLabel = "ADDRESS",
      description = "Local addresses to connect from, in turn.")
  private List<String> sources = List.of();

  @Option(
      names = "--proxy",
      paramLabel = "PROXY",
      description = "Connect through socks5://HOST:PORT, socks4://HOST:PORT or http://HOST:PORT.")
  private @Nullable String proxy;

  @ArgGroup(validate = false, heading = "%nEncryption:%n")
  private EncryptionOptions encryption = new EncryptionOptions();

  @ArgGroup(validate = false, heading = "%nAuthentication:%n")
  private CredentialOptions credentials = new CredentialOptions();

  @ArgGroup(validate = false, heading = "%nTimeouts, in seconds, such as 30 or 0.5:%n")
  private TimeoutOptions timeouts = new TimeoutOptions();

  /** What --server says. */
  List<String> servers() {
    return servers;
  }

  /**
   * Reads and checks all that was said.
   *
   * @param given server addresses, the preferred first
   * @param usual the timeouts where the user names none
   * @throws CliException if something is wrong with it
   */
  Connection to(List<String> given, SmtpTimeouts usual, Console console) {
    if (given.isEmpty()) {
      throw CliException.usage(
          "say where to connect with --server HOST:PORT, such as --server localhost:25");
    }
    List<ServerAddress> addresses = given.stream().map(ServerAddress::parse).toList();
    requireAlike(addresses);
    ServerAddress first = addresses.get(0);
    TlsMode mode = encryption.mode(first);
    TlsOptions tls = encryption.tls(mode, console.err());
    boolean readable = mode == TlsMode.NONE && first.socket() == null;
    @Nullable Credentials who =
        credentials.read(System.getenv("SMTP_PASSWORD"), readable, console.err());
    return new Connection(
        addresses, mode, tls, who, credentials.allowCleartext(), reach(addresses, usual));
  }

  /** One client speaks one protocol, and has one socket. */
  private static void requireAlike(List<ServerAddress> servers) {
    if (servers.size() > 1 && servers.stream().anyMatch(server -> server.socket() != null)) {
      throw CliException.usage("a Unix domain socket stands alone in --server");
    }
    List<Scheme> schemes = servers.stream().map(ServerAddress::scheme).distinct().toList();
    if (schemes.size() > 1) {
      throw CliException.usage(
          "all servers of --server must speak the same, not "
              + schemes.stream().map(Scheme::name).collect(Collectors.joining(" and ")));
    }
  }

  /** All but encryption and credentials. */
  private Supplier<SmtpClient.Builder> reach(List<ServerAddress> addresses, SmtpTimeouts usual) {
    InetAddress[] from = sources.stream().map(ConnectionOptions::ip).toArray(InetAddress[]::new);
    @Nullable ProxyAddress through = proxy == null ? null : ProxyAddress.parse(proxy);
    if (addresses.get(0).socket() != null && (through != null || from.length > 0)) {
      throw CliException.usage(
          "a Unix domain socket is on this host: leave out --proxy and --source");
    }
    SmtpTimeouts limits = timeouts.over(usual);
    return () -> {
      SmtpClient.Builder builder =
          builder(addresses).timeouts(before -> limits).sourceAddresses(from);
      sayHelo(builder);
      return through == null ? builder : builder.transport(through::use);
    };
  }

  private void sayHelo(SmtpClient.Builder builder) {
    if (helo != null) {
      try {
        builder.helloName(helo);
      } catch (SmtpSyntaxException e) {
        throw CliException.usage("--helo: " + TextLine.of(e), e);
      }
    }
  }

  private static SmtpClient.Builder builder(List<ServerAddress> addresses) {
    ServerAddress first = addresses.get(0);
    SmtpClient.Builder builder =
        first.socket() == null
            ? SmtpClient.builder(first.host(), first.port())
            : SmtpClient.builder(first.socket());
    for (ServerAddress next : addresses.subList(1, addresses.size())) {
      builder.failover(next.host(), next.port());
    }
    return first.scheme() == Scheme.LMTP ? builder.lmtp() : builder;
  }

  private static InetAddress ip(String text) {
    // A name would be looked up, and may have addresses that are not of this host.
    @Nullable InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
    if (address == null) {
      throw CliException.usage("--source: \"" + TextLine.of(text) + "\" is no IP address");
    }
    return address;
  }
}
