package io.github.reactivesmtp.testkit;

import io.netty.handler.ssl.SslContext;
import java.util.List;
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
  private String hostName = "testkit.example";
  private List<String> extensions = DEFAULT_EXTENSIONS;
  private @Nullable List<String> extensionsInClear;
  private @Nullable SslContext tls;
  private boolean implicitTls;
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

  /** What the server calls itself. Default testkit.example. */
  public SmtpServerBuilder hostName(String name) {
    hostName = name;
    return this;
  }

  /**
   * What EHLO offers, instead of {@link #DEFAULT_EXTENSIONS}. Commands and parameters of what is
   * not offered are refused.
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

  /** Where to do something else than usual. Default {@link SmtpScript#NONE}. */
  public SmtpServerBuilder script(SmtpScript rules) {
    script = rules;
    return this;
  }

  /**
   * Where accepted messages go. Default a {@link RecordingSink}, one for each server. Closed with
   * the server.
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
   * @throws java.io.UncheckedIOException if the address can't be listened on, as a port in use
   */
  public SmtpServer start() {
    return new SmtpServer(this);
  }

  ServerSettings settings() {
    return ServerSettings.of(
        hostName,
        tls,
        implicitTls,
        extensions,
        extensionsInClear == null ? extensions : extensionsInClear,
        maxMessageOctets,
        maxRecipients);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
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
