package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Credentials;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Who we are. A secret is never an argument: every user of a host can see those. */
final class CredentialOptions {

  private static final String EXTERNAL = "EXTERNAL";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "Authenticate as NAME, with the password from the environment variable"
              + " SMTP_PASSWORD, or from:")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line is the password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Its first line is an OAuth 2 access token, read anew for each connection.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--auth",
      split = ",",
      paramLabel = "MECHANISM",
      description =
          "Use only these, such as SCRAM-SHA-256 (default: the strongest offered);"
              + " EXTERNAL is the client certificate.")
  private List<String> mechanisms = List.of();

  @Option(
      names = "--allow-cleartext-auth",
      description = "Authenticate also where others can read the password.")
  private boolean allowCleartext;

  boolean allowCleartext() {
    return allowCleartext;
  }

  /**
   * Null if there is nothing to authenticate with.
   *
   * @param environment the password in the environment, if there is one
   * @param readable whether the connection will be in the clear
   * @throws CliException if something is missing or contradicts
   */
  @Nullable Credentials read(@Nullable String environment, boolean readable, PrintStream err) {
    @Nullable Credentials who = credentials(environment, err);
    if (who != null && readable && mechanisms.stream().anyMatch(EXTERNAL::equalsIgnoreCase)) {
      throw CliException.usage(
          "--auth EXTERNAL needs TLS, where the client certificate is shown: encrypt with"
              + " --tls required");
    }
    if (who != null && readable && !allowCleartext) {
      throw CliException.usage(
          "with --tls none anyone on the way could read the password: encrypt with --tls required,"
              + " or add --allow-cleartext-auth");
    }
    return who;
  }

  private @Nullable Credentials credentials(@Nullable String environment, PrintStream err) {
    if (passwordFile != null && tokenFile != null) {
      throw CliException.usage("give --password-file or --token-file, not both");
    }
    if (mechanisms.stream().anyMatch(EXTERNAL::equalsIgnoreCase)) {
      return external();
    }
    if (user != null) {
      return named(user, environment, err);
    }
    if (passwordFile != null || tokenFile != null) {
      throw CliException.usage(
          (passwordFile != null ? "--password-file" : "--token-file")
              + " needs a user: add --user NAME");
    }
    if (!mechanisms.isEmpty()) {
      throw CliException.usage("--auth needs a user: add --user NAME");
    }
    return null;
  }

  private Credentials external() {
    if (mechanisms.size() > 1 || passwordFile != null || tokenFile != null) {
      throw CliException.usage(
          "--auth EXTERNAL stands alone: the client certificate is all the proof there is");
    }
    return user == null ? Credentials.external() : Credentials.external(user);
  }

  private Credentials named(String name, @Nullable String environment, PrintStream err) {
    try {
      if (tokenFile != null) {
        SecretFile file = new SecretFile("--token-file", tokenFile);
        file.warnIfOthersCanRead(err);
        // Now, for an error to come before anything is sent; later ones come from the Mono.
        file.read();
        return only(
            Credentials.bearerToken(
                name, Mono.fromCallable(file::read).subscribeOn(Schedulers.boundedElastic())));
      }
      return only(Credentials.password(name, password(environment, err)));
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--user " + TextLine.of(name) + ": " + TextLine.of(e), e);
    }
  }

  private String password(@Nullable String environment, PrintStream err) {
    if (passwordFile != null) {
      SecretFile file = new SecretFile("--password-file", passwordFile);
      file.warnIfOthersCanRead(err);
      return file.read();
    }
    if (environment == null || environment.isEmpty()) {
      throw CliException.usage(
          "--user needs a password: name the file that holds it with --password-file, or set the"
              + " environment variable SMTP_PASSWORD; --token-file is for an OAuth 2 token");
    }
    return environment;
  }

  private Credentials only(Credentials all) {
    if (mechanisms.isEmpty()) {
      return all;
    }
    try {
      return all.only(mechanisms.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--auth: " + TextLine.of(e), e);
    }
  }
}
