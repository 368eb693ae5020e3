package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.testkit.sasl.SaslServer;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a {@link SmtpServer} is to be. Can start several servers, if its sink can serve them. */
public final class SmtpServerBuilder {

  /** What is offered unless told otherwise. */
  public static final List<String> DEFAULT_EXTENSIONS =
      List.of(
          "PIPELINING",
          "8BITMIME",
          "SIZE 104857600",
          "CHUNKING",
          "SMTPUTF8",
          "ENHANCEDSTATUSCODES",
          "DSN");

  private static final long MAX_MESSAGE_OCTETS = 1L << 30;

  private String host = "127.0.0.1";
  private int port;
  private @Nullable Path unixSocket;
  private String hostName = "testkit.example";
  private List<String> extensions = DEFAULT_EXTENSIONS;
  private @Nullable List<String> extensionsInClear;
  private @Nullable SslContext tls;
  private boolean implicitTls;
  private final Map<String, String> passwords = new LinkedHashMap<>();
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private int scramIterations = 4096;
  private SmtpScript script = SmtpScript.NONE;
  private @Nullable MessageSink sink;
  private boolean transcript = true;
  private long maxMessageOctets = 100L << 20;
  private int maxRecipients = 1000;
  private int eventLoopThreads = Math.min(4, Runtime.getRuntime().availableProcessors());

  SmtpServerBuilder() {}

  /** Where to listen: a name or an address. Default 127.0.0.1. */
  public SmtpServerBuilder host(String nameOrAddress) {
    host = nameOrAddress;
    return this;
  }

  /** The port to listen on; 0, the default, for a free one. */
  public SmtpServerBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Listens on a Unix domain socket instead of a port, as LMTP servers do. The file must not be
   * there yet, and is removed when the server is closed. A script's reset is an end like any other
   * here: such sockets know no RST.
   *
   * @param file its path is about 100 octets at most, which the operating system decides
   */
  public SmtpServerBuilder unixSocket(Path file) {
    unixSocket = file;
    return this;
  }

  /** What the server calls itself. Default testkit.example. */
  public SmtpServerBuilder hostName(String name) {
    hostName = name;
    return this;
  }

  /**
   * What EHLO offers, instead of {@link #DEFAULT_EXTENSIONS}. Commands and parameters of what is
   * not offered are refused, and so is what exceeds the LIMITS (RFC 9422) that are (452).
   *
   * @param keywords each with its parameters: "SIZE 1000", "AUTH PLAIN LOGIN"
   */
  public SmtpServerBuilder extensions(String... keywords) {
    extensions = List.of(keywords);
    return this;
  }

  /**
   * What EHLO offers while there is no TLS, instead of {@link #extensions}: AUTH only in clear, or
   * only over TLS. STARTTLS is added by itself if the server has {@link #tls}.
   *
   * @param keywords each with its parameters
   */
  public SmtpServerBuilder extensionsInClear(String... keywords) {
    extensionsInClear = List.of(keywords);
    return this;
  }

  /** EHLO offers nothing. */
  public SmtpServerBuilder noExtensions() {
    return extensions();
  }

  /**
   * Offers STARTTLS (RFC 3207).
   *
   * @param serverContext has the server's certificate, and says whether to ask for the client's
   */
  public SmtpServerBuilder tls(SslContext serverContext) {
    return tls(serverContext, false);
  }

  /**
   * TLS from the first octet (RFC 8314 §3), instead of STARTTLS.
   *
   * @param serverContext has the server's certificate, and says whether to ask for the client's
   */
  public SmtpServerBuilder implicitTls(SslContext serverContext) {
    return tls(serverContext, true);
  }

  private SmtpServerBuilder tls(SslContext serverContext, boolean implicit) {
    if (serverContext.isClient()) {
      throw new IllegalArgumentException("an SslContext for clients: " + serverContext);
    }
    tls = serverContext;
    implicitTls = implicit;
    return this;
  }

  /**
   * Someone who may authenticate by a password. As soon as there is one, or a {@link #token}, what
   * clients say is verified; a server that knows nobody believes everybody.
   *
   * <p>The mechanisms are those that {@link #extensions} offers by AUTH, out of PLAIN, LOGIN,
   * CRAM-MD5, SCRAM-SHA-1, SCRAM-SHA-256, the same two with -PLUS over TLS, XOAUTH2, OAUTHBEARER,
   * and EXTERNAL, which takes the word of any client that gave a certificate.
   *
   * @param password not empty
   */
  public SmtpServerBuilder user(String name, String password) {
    return know(passwords, name, password);
  }

  /** Someone who may authenticate by a token: XOAUTH2 and OAUTHBEARER. */
  public SmtpServerBuilder token(String user, String token) {
    return know(tokens, user, token);
  }

  private SmtpServerBuilder know(Map<String, String> secrets, String name, String secret) {
    if (name.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("no name or no secret for a user");
    }
    secrets.put(name, secret);
    return this;
  }

  /** How often SCRAM has the password hashed (RFC 5802 §5.1). Default 4096. */
  public SmtpServerBuilder scramIterations(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("at least one iteration: " + number);
    }
    scramIterations = number;
    return this;
  }

  /** Where to do something else than usual. Default {@link SmtpScript#NONE}. */
  public SmtpServerBuilder script(SmtpScript rules) {
    script = rules;
    return this;
  }

  /**
   * Where accepted messages go. Default a {@link RecordingSink}, one for each server, which refuses
   * more than {@value RecordingSink#DEFAULT_MAX_MESSAGES} messages or 64 MiB; for load there are
   * {@link CountingSink} and {@link DigestSink}. Closed with the server.
   */
  public SmtpServerBuilder sink(MessageSink target) {
    sink = target;
    return this;
  }

  /** Whether to keep the last command lines. Default true; false where speed counts. */
  public SmtpServerBuilder transcript(boolean keep) {
    transcript = keep;
    return this;
  }

  /**
   * The largest content taken (552), also where SIZE offers more or isn't offered. Default 100 MiB.
   *
   * @param octets up to 1 GiB
   */
  public SmtpServerBuilder maxMessageOctets(long octets) {
    if (octets < 0 || octets > MAX_MESSAGE_OCTETS) {
      throw new IllegalArgumentException("0 to " + MAX_MESSAGE_OCTETS + " octets: " + octets);
    }
    maxMessageOctets = octets;
    return this;
  }

  /** The most recipients of one message (452). Default 1000; RFC 5321 §4.5.3.1.8 asks for 100. */
  public SmtpServerBuilder maxRecipients(int number) {
    maxRecipients = number;
    return this;
  }

  /** Threads that serve the connections. Default the processors, 4 at most. */
  public SmtpServerBuilder eventLoopThreads(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("at least one thread: " + number);
    }
    eventLoopThreads = number;
    return this;
  }

  /**
   * Starts a server; it listens when this returns. Blocks for that moment, so not for event loops.
   *
   * @throws java.io.UncheckedIOException if the address can't be listened on, as a port in use or a
   *     file that is there
   */
  public SmtpServer start() {
    return new SmtpServer(this);
  }

  ServerSettings settings() {
    return ServerSettings.of(
        hostName,
        tls,
        implicitTls,
        new SaslServer(passwords, tokens, scramIterations, hostName),
        extensions,
        extensionsInClear == null ? extensions : extensionsInClear,
        maxMessageOctets,
        maxRecipients);
  }

  SocketAddress address() {
    return unixSocket == null
        ? new InetSocketAddress(host, port)
        : UnixDomainSocketAddress.of(unixSocket);
  }

  SmtpScript script() {
    return script;
  }

  MessageSink sink() {
    return sink == null ? new RecordingSink() : sink;
  }

  boolean transcript() {
    return transcript;
  }

  int eventLoopThreads() {
    return eventLoopThreads;
  }
}
