package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect and how, checked.
 *
 * @param servers at least one, the preferred first
 * @param credentials null: to stay anonymous
 * @param reach a builder that has all but encryption and credentials
 */
record Connection(
    List<ServerAddress> servers,
    TlsMode tlsMode,
    TlsOptions tls,
    @Nullable Credentials credentials,
    boolean cleartextAuth,
    Supplier<SmtpClient.Builder> reach) {

  /** A client that does what was asked. */
  SmtpClient.Builder asAsked() {
    SmtpClient.Builder builder = reach.get().tls(tlsMode).tls(defaults -> tls);
    if (cleartextAuth) {
      builder.allowCleartextAuth();
    }
    return credentials == null ? builder : builder.credentials(credentials);
  }

  /**
   * A client that only looks: it puts up with any certificate, and with none where the server does
   * not encrypt, and therefore shows no credentials.
   */
  SmtpClient.Builder toLook() {
    TlsMode mode = tlsMode == TlsMode.REQUIRED ? TlsMode.OPPORTUNISTIC : tlsMode;
    return reach.get().tls(mode).tls(defaults -> tls.insecureSkipVerify());
  }

  /** The servers, for messages. */
  @Override
  public String toString() {
    return servers.stream().map(ServerAddress::toString).collect(Collectors.joining(", "));
  }
}
