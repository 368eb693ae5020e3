package io.github.reactivesmtp.interop;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A conversation with a server by hand, to learn what it really does: no client in between. */
final class RawSession implements Closeable {

  private Closeable connection;
  private final @Nullable String host;
  private BufferedReader in;
  private OutputStream out;

  private RawSession(
      Closeable connection, @Nullable String host, InputStream in, OutputStream out) {
    this.connection = connection;
    this.host = host;
    this.in = reader(in);
    this.out = out;
  }

  /** Connects to a port, and reads the greeting. */
  static RawSession connect(String host, int port) throws IOException {
    RawSession session = open(host, port);
    session.reply();
    return session;
  }

  /** Connects to a port with TLS from the start, and reads the greeting. */
  static RawSession connect(String host, int port, SSLContext context) throws IOException {
    RawSession session = open(host, port);
    session.handshake(context);
    session.reply();
    return session;
  }

  /** Connects to a Unix domain socket, and reads the greeting. */
  static RawSession connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    RawSession session =
        new RawSession(
            channel, null, Channels.newInputStream(channel), Channels.newOutputStream(channel));
    session.reply();
    return session;
  }

  private static RawSession open(String host, int port) throws IOException {
    Socket socket = new Socket(host, port);
    return new RawSession(socket, host, socket.getInputStream(), socket.getOutputStream());
  }

  /** Sends a line and reads the reply to it. */
  List<String> command(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  /** Sends text as it is. */
  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The lines of the next reply. */
  List<String> reply() throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = in.readLine();
      if (line == null) {
        throw new EOFException("The server hung up, after " + lines);
      }
      lines.add(line);
    } while (line.startsWith("-", 3));
    return lines;
  }

  /** STARTTLS, and the handshake, in which the certificate must be right for the host. */
  void startTls(SSLContext context) throws IOException {
    List<String> reply = command("STARTTLS");
    if (!reply.get(0).startsWith("220 ")) {
      throw new IOException("No TLS: " + reply);
    }
    handshake(context);
  }

  private void handshake(SSLContext context) throws IOException {
    Socket socket = (Socket) connection;
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    connection = secured;
    in = reader(secured.getInputStream());
    out = secured.getOutputStream();
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
