package io.github.reactivesmtp.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Debian's Dovecot, with a configuration and mailboxes of its own under a temporary directory: LMTP
 * on a port and on a Unix domain socket, submission on a port, and authentication for itself and
 * for the {@code AUTH…} ports of a {@link PostfixServer}, to which submission also relays.
 *
 * <p>Both servers offer PLAIN, LOGIN, CRAM-MD5, SCRAM-SHA-1, SCRAM-SHA-256, XOAUTH2 and
 * OAUTHBEARER, the last two for the tokens of {@link AccessTokens}. The users, and what LMTP does
 * with mail for them {@code @example.test}:
 *
 * <table>
 * <caption>Users</caption>
 * <tr><th>user</th><th>AUTH at Dovecot</th><th>AUTH at Postfix</th><th>LMTP</th></tr>
 * <tr><td>ann, bob</td><td>their password</td><td>their password</td><td>delivers</td></tr>
 * <tr><td>closed</td><td>525 5.7.13</td><td>its name</td><td>delivers</td></tr>
 * <tr><td>later</td><td>454 4.7.0</td><td>535 5.7.8</td><td>550 5.1.1 to RCPT</td></tr>
 * <tr><td>full</td><td>its name</td><td>its name</td><td>552 5.2.2 after the content</td></tr>
 * <tr><td>others</td><td>535 5.7.8</td><td>535 5.7.8</td><td>550 5.1.1 to RCPT</td></tr>
 * </table>
 */
public final class DovecotServer implements AutoCloseable {

  /** A user, whose password is {@link #PASSWORD}. */
  public static final String USER = "ann";

  public static final String PASSWORD = "correct horse";

  /** A user, whose password is {@link #UNICODE_PASSWORD}. */
  public static final String UNICODE_USER = "bob";

  public static final String UNICODE_PASSWORD = "Grüße, 你好";

  /**
   * Another address of {@link #submissionPort()}, where AUTH is offered after STARTTLS only, and
   * 530 5.7.0 the answer to everything else before. At 127.0.0.1 Dovecot takes a client from
   * 127.0.0.1 for safe and offers AUTH at once, whatever its configuration says.
   */
  public static final String TLS_ONLY_HOST = "127.0.0.2";

  private static final String COMMAND = "/usr/sbin/dovecot";
  private static final Path DAEMONS = Path.of("/usr/lib/dovecot");

  private final ServerDirectory directory;
  private final PostfixServer postfix;
  private final int submissionPort;
  private final int lmtpPort;
  private final Process process;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private DovecotServer(ServerDirectory directory, PostfixServer postfix) throws IOException {
    this.directory = directory;
    this.postfix = postfix;
    List<Integer> ports = LoopbackPorts.free(2);
    this.submissionPort = ports.get(0);
    this.lmtpPort = ports.get(1);
    Path configuration = configure();
    this.process = directory.run(COMMAND, "-F", "-c", configuration.toString());
  }

  /** Why no Dovecot can be started here, if none can. */
  static Optional<String> whyNot() {
    if (!Files.isExecutable(Path.of(COMMAND))
        || !Files.isExecutable(DAEMONS.resolve("lmtp"))
        || !Files.isExecutable(DAEMONS.resolve("submission"))) {
      return Optional.of(
          "Dovecot is not installed:"
              + " apt-get install dovecot-core dovecot-lmtpd dovecot-submissiond");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Dovecot can be started by root only");
    }
    return Optional.empty();
  }

  static DovecotServer start(PostfixServer postfix) throws IOException {
    DovecotServer server = new DovecotServer(ServerDirectory.create("dovecot"), postfix);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    // It listens before it says so.
    server.directory.await("Dovecot", () -> server.isUp() || !server.process.isAlive());
    if (!server.process.isAlive()) {
      String log = server.directory.logText();
      server.close();
      throw new IllegalStateException("Dovecot does not start:\n" + log);
    }
    return server;
  }

  /** Submission with STARTTLS, at 127.0.0.1 and at {@link #TLS_ONLY_HOST}. */
  public int submissionPort() {
    return submissionPort;
  }

  /** LMTP, at 127.0.0.1. */
  public int lmtpPort() {
    return lmtpPort;
  }

  /** The Unix domain socket of LMTP. */
  public Path lmtpSocket() {
    return directory.path("run/lmtp");
  }

  public TestCertificates certificates() {
    return postfix.certificates();
  }

  /** Takes what LMTP has delivered to a user's mailbox: everything it has said 250 to. */
  public List<DeliveredMessage> takeMessages(String user) throws IOException {
    List<DeliveredMessage> messages = new ArrayList<>();
    for (Path file : directory.files("mail/" + user + "/Maildir/new")) {
      messages.add(DeliveredMessage.byDovecot(user + "@example.test", Files.readAllBytes(file)));
      Files.delete(file);
    }
    return messages;
  }

  /** From here on {@link #awaitLogLine} looks for new lines only. */
  public void markLog() {
    directory.markLog();
  }

  /** Waits for a line of the log that contains the expression. */
  public void awaitLogLine(String expression) {
    directory.awaitLogLine(expression);
  }

  @Override
  public void close() throws IOException {
    stop();
    directory.delete();
  }

  private void stop() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    // The authentication process would stay as long as Postfix is connected to it.
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      children = descendants.toList();
    }
    process.destroy();
    try {
      if (!process.waitFor(ServerDirectory.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean isUp() {
    return directory.logText().contains("starting up");
  }

  private Path configure() throws IOException {
    directory.write("users", DovecotConfiguration.USERS);
    directory.write("oauth2.conf", DovecotConfiguration.OAUTH2);
    // Where Dovecot looks for a token without "azp" and "kid".
    directory.write("keys/default/HS256/default", AccessTokens.KEY);
    Path unavailable = directory.write("unavailable", DovecotConfiguration.UNAVAILABLE);
    Files.setPosixFilePermissions(unavailable, PosixFilePermissions.fromString("rwxr-xr-x"));
    directory.make("mail", "nobody");
    return directory.write(
        "dovecot.conf", DovecotConfiguration.main(postfix, submissionPort, lmtpPort));
  }
}
