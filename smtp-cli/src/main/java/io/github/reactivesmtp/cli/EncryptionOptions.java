package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.cli.ServerAddress.Scheme;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how to encrypt. */
final class EncryptionOptions {

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      description = {
        "required: STARTTLS and a good certificate, or no mail (default); implicit: TLS from the"
            + " first octet, as smtps:// and port 465 have it; opportunistic: STARTTLS where it is"
            + " offered, whatever the certificate; none: in the clear (default for a socket)."
      })
  private @Nullable TlsMode mode;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust the certificates of this PEM file instead of the JDK's authorities.")
  private @Nullable Path authorities;

  @Option(
      names = "--insecure-skip-verify",
      description = "Take any certificate: whoever answers gets the mail and the password.")
  private boolean skipVerify;

  @Option(
      names = "--client-cert",
      paramLabel = "FILE",
      description = "Show this certificate, PEM with its chain, to a server that asks.")
  private @Nullable Path certificate;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "The key of that certificate, PEM (PKCS #8), not encrypted.")
  private @Nullable Path key;

  /** What was said, or what goes with the address. */
  TlsMode mode(ServerAddress server) {
    if (server.scheme() == Scheme.SMTPS) {
      if (mode != null && mode != TlsMode.IMPLICIT) {
        throw CliException.usage(
            "%s and --tls %s contradict each other: smtps:// and port 465 mean --tls implicit; write"
                    .formatted(server, mode.name().toLowerCase(Locale.ROOT))
                + " smtp://%s:%d if the server begins in the clear there"
                    .formatted(server.host(), server.port()));
      }
      return TlsMode.IMPLICIT;
    }
    if (mode != null) {
      return mode;
    }
    return server.socket() == null ? TlsMode.REQUIRED : TlsMode.NONE;
  }

  /** Whom to trust and what to show; warns where that is nobody. */
  TlsOptions tls(TlsMode used, PrintStream err) {
    if (used == TlsMode.NONE
        && (authorities != null || skipVerify || certificate != null || key != null)) {
      throw CliException.usage(
          "without TLS there are no certificates: leave out --ca, --client-cert, --client-key and"
              + " --insecure-skip-verify, or encrypt with --tls required");
    }
    TlsOptions tls = shown(trusted(TlsOptions.DEFAULT));
    if (!skipVerify) {
      return tls;
    }
    err.println(
        "smtp: warning: --insecure-skip-verify takes whoever answers for the server; mail and"
            + " password may go to anyone");
    return tls.insecureSkipVerify();
  }

  private TlsOptions trusted(TlsOptions tls) {
    if (authorities == null) {
      return tls;
    }
    try {
      return tls.trust(authorities);
    } catch (UncheckedIOException e) {
      throw CliException.usage(
          "--ca "
              + authorities
              + " cannot be read: "
              + TextLine.reason(Objects.requireNonNull(e.getCause())),
          e);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--ca: " + TextLine.of(e) + " It must be a PEM file.", e);
    }
  }

  private TlsOptions shown(TlsOptions tls) {
    if (certificate == null && key == null) {
      return tls;
    }
    if (certificate == null || key == null) {
      throw CliException.usage("--client-cert and --client-key go together: give both");
    }
    return tls.clientCertificate(ClientCertificate.read(certificate, key));
  }
}
