package io.github.reactivesmtp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.TlsMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConnectionOptionsTest {

  /** What is usual where the user names no timeout. */
  private static final SmtpTimeouts USUAL = SmtpTimeouts.DEFAULT;

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void files() throws Exception {
    Files.setPosixFilePermissions(
        Files.writeString(folder.resolve("secret"), "tanstaaftanstaaf\nnot this\n"),
        PosixFilePermissions.fromString("rw-------"));
    Files.writeString(folder.resolve("empty"), "\n");
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
  }

  @ParameterizedTest
  @CsvSource({
    "--server h,                            REQUIRED",
    "--server h:587,                        REQUIRED",
    "--server smtp://h:465,                 REQUIRED",
    "--server h:465,                        IMPLICIT",
    "--server smtps://h,                    IMPLICIT",
    "--server smtps://h:1 --tls implicit,   IMPLICIT",
    "--server h:1 --tls implicit,           IMPLICIT",
    "--server h --tls opportunistic,        OPPORTUNISTIC",
    "--server h --tls NONE,                 NONE",
    "--server lmtp://h,                     REQUIRED",
    "--server lmtp:///run/lmtp,             NONE",
    "--server lmtp:///run/lmtp --tls required, REQUIRED",
  })
  void encryptsByDefault(String options, TlsMode mode) {
    assertThat(read(options).tlsMode()).isEqualTo(mode);
    assertThat(read(options).tls().verify()).isTrue();
  }

  @Test
  void verificationIsLeftOutOnlyWithAWarning() {
    assertThat(read("--server h --insecure-skip-verify").tls().verify()).isFalse();
    assertThat(printed.toString(UTF_8)).contains("warning: --insecure-skip-verify");
  }

  @Test
  void lookingAroundShowsNoCredentialsAndForgivesTheCertificate() {
    Connection connection =
        read("--server h --tls none --user ann --password-file D/secret --allow-cleartext-auth");
    // Credentials in the clear would be refused here: it is not said that they are allowed.
    assertThat(connection.toLook().build()).isNotNull();
    assertThat(connection.asAsked().build()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          --server h:1,h:2                                 # h:1, h:2
          --server h:1 --server [::1]                      # h:1, [::1]:25
          --server h --user ann --password-file D/secret   # h:25
          --server h --user ann --token-file D/secret      # h:25
          --server h --user ann --password-file D/secret --auth scram-sha-256,PLAIN # h:25
          --server h --auth EXTERNAL                       # h:25
          --server h --auth external --user ann            # h:25
          --server h --source 127.0.0.1,::1                # h:25
          --server h --proxy socks5://[::1]:1080           # h:25
          --server h --proxy http://proxy.example:3128     # h:25
          --server h --helo me.example                     # h:25
          --server h --tls none --allow-cleartext-auth --user ann --password-file D/secret # h:25
          --server lmtp:///run/lmtp --user ann --password-file D/secret # lmtp:///run/lmtp
          """)
  void understands(String options, String servers) {
    Connection connection = read(options);
    assertThat(connection).hasToString(servers);
    assertThat(connection.asAsked().build()).isNotNull();
    assertThat(connection.credentials() != null)
        .isEqualTo(options.contains("--user") || options.contains("--auth"));
    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          --helo h                                      # --server
          --server h,,h                                 # no server address
          --server h,lmtp:///run/lmtp                   # stands alone
          --server h,smtps://h                          # must speak the same, not SMTP and SMTPS
          --server ann:secret@h                         # --user
          --server smtps://h --tls none                 # smtp://h:465 if the server begins in the
          --server smtps://h:587 --tls required         # write smtp://h:587 if the server begins in the
          --server h:465 --tls required                 # --tls required contradict each other
          --server h --tls none --ca D/secret           # without TLS there are no certificates
          --server h --tls none --insecure-skip-verify  # without TLS there are no certificates
          --server lmtp:///run/lmtp --ca D/secret       # without TLS there are no certificates
          --server h --ca D/none                        # --ca D/none cannot be read: there is no such
          --server h --ca D/secret                      # There are no certificates in D/secret
          --server h --client-cert D/secret             # go together
          --server h --client-cert D/none --client-key D/none # --client-cert D/none: there is no such
          --server h --client-cert D/secret --client-key D/secret # holds no PEM certificate
          --server h --user ann                         # --user needs a password
          --server h --password-file D/secret           # --password-file needs a user: add --user
          --server h --token-file D/secret              # --token-file needs a user: add --user
          --server h --auth PLAIN                       # --auth needs a user: add --user
          --server h --user a --password-file D/secret --token-file D/secret # not both
          --server h --user a --password-file D/none    # --password-file D/none cannot be read: there
          --server h --user a --password-file D/empty   # its first line is empty
          --server h --user a --password-file D/binary  # it is not text in UTF-8
          --server h --user a --token-file D/none       # --token-file D/none cannot be read: there is
          --server h --tls none --user a --password-file D/secret # add --allow-cleartext-auth
          --server h --user a --password-file D/secret --auth x,PLAIN # --auth: no mechanism X here
          --server h --auth EXTERNAL,PLAIN              # --auth EXTERNAL stands alone
          --server h --auth external --token-file D/secret # --auth EXTERNAL stands alone
          --server h --source localhost                 # "localhost" is no IP address
          --server h --proxy socks5://h                 # --proxy must be
          --server h --proxy ftp://h:1                  # --proxy must be
          --server h --proxy http://a:secret@h:1        # without user and password
          --server h --proxy http://h:0                 # port 0
          --server lmtp:///run/lmtp --proxy http://h:1  # leave out --proxy and --source
          --server lmtp:///run/lmtp --source ::1        # leave out --proxy and --source
          --server h --helo a_b!                        # --helo
          """)
  void saysWhatIsWrong(String options, String message) {
    assertThatThrownBy(() -> read(options).asAsked())
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message.replace("D/", folder + "/"))
        .hasMessageNotContaining("secret@")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--timeout-connect=1.5,  1.5, 300, 300, 120, 180, 600",
    "--timeout-greeting=2,   30,  2,   300, 120, 180, 600",
    "--timeout-command=.25,  30,  300, .25, 120, 180, 600",
    "--timeout-data=7,       30,  300, 300, 7,   7,   600",
    "--timeout-final=86400,  30,  300, 300, 120, 180, 86400",
  })
  void timeouts(
      String option,
      double connect,
      double greeting,
      double command,
      double initiation,
      double block,
      double termination) {
    TimeoutOptions timeouts = new TimeoutOptions();
    new CommandLine(timeouts).parseArgs(option);
    assertThat(timeouts.over(USUAL))
        .isEqualTo(
            new SmtpTimeouts(
                seconds(connect),
                seconds(greeting),
                seconds(command),
                seconds(initiation),
                seconds(block),
                seconds(termination)));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "0.0001", "86401", "1s", "''"})
  void noTimeouts(String text) {
    assertThatThrownBy(() -> new TimeoutOptions.Seconds().convert(text))
        .hasMessageContaining("no number of seconds");
  }

  @Test
  void thePasswordMayBeInTheEnvironment() {
    CredentialOptions options = new CredentialOptions();
    new CommandLine(options).parseArgs("--user", "ann");
    assertThat(options.read("secret", false, err())).isNotNull();

    CredentialOptions anonymous = new CredentialOptions();
    assertThat(anonymous.read("secret", false, err())).isNull();
  }

  @Test
  void aSecretThatOthersCanReadIsWarnedOf() throws Exception {
    Path secret = folder.resolve("secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    read("--server h --user ann --password-file D/secret");
    assertThat(printed.toString(UTF_8)).contains("others can read " + secret, "chmod 600");
  }

  private Connection read(String options) {
    ConnectionOptions connecting = new ConnectionOptions();
    new CommandLine(connecting)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.replace("D/", folder + "/").split(" +"));
    return connecting.to(connecting.servers(), USUAL, new Console(err(), err(), false));
  }

  private PrintStream err() {
    return new PrintStream(printed, true, UTF_8);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
