package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A blocking SMTP client that sends exactly what it is told. */
final class RawClient implements AutoCloseable {

  private Closeable connection;
  private InputStream in;
  private OutputStream out;

  private RawClient(Closeable connection, InputStream in, OutputStream out) {
    use(connection, in, out);
  }

  private void use(Closeable connection, InputStream in, OutputStream out) {
    this.connection = connection;
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  /** Connects; the greeting is not read yet. */
  static RawClient connect(SmtpServer server) throws IOException {
    Socket socket = new Socket(server.host(), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    return new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
  }

  /** Connects to a Unix domain socket; the greeting is not read yet. */
  static RawClient connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    return new RawClient(
        channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
  }

  /** Connects, reads the greeting and says EHLO. */
  static RawClient greeted(SmtpServer server) throws IOException {
    RawClient client = connect(server);
    assertThat(client.code()).isEqualTo(220);
    assertThat(client.ask("EHLO client.example")).isEqualTo(250);
    return client;
  }

  /** Makes a TLS handshake over the connection, asking for {@code server.example} by SNI. */
  RawClient handshake(SSLContext tls) throws IOException {
    Socket plain = socket();
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory().createSocket(plain, TestTls.SERVER_NAME, plain.getPort(), true);
    secured.startHandshake();
    use(secured, secured.getInputStream(), secured.getOutputStream());
    return this;
  }

  /** Says EHLO and STARTTLS, and makes the handshake. */
  static RawClient secured(SmtpServer server, SSLContext tls) throws IOException {
    RawClient client = greeted(server);
    assertThat(client.ask("STARTTLS")).isEqualTo(220);
    return client.handshake(tls);
  }

  /** Sends the text in one write, as UTF-8. */
  RawClient send(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
    return this;
  }

  /** Sends a command line and reads the reply. */
  int ask(String line) throws IOException {
    return send(line + "\r\n").code();
  }

  int code() throws IOException {
    return Integer.parseInt(reply().substring(0, 3));
  }

  List<Integer> codes(int n) throws IOException {
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      codes.add(code());
    }
    return codes;
  }

  /** The next reply: its lines, code included, joined by LF. */
  String reply() throws IOException {
    StringBuilder text = new StringBuilder();
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      text.append(line).append('\n');
      line = line();
    }
    return text.append(line).toString();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet;
    while ((octet = in.read()) != '\n') {
      if (octet < 0) {
        throw new EOFException("closed after: " + line.toString(UTF_8));
      }
      line.write(octet);
    }
    String text = line.toString(UTF_8);
    assertThat(text).as("a line ended by CRLF").endsWith("\r");
    return text.substring(0, text.length() - 1);
  }

  /** Everything up to the end of the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  int read() throws IOException {
    return in.read();
  }

  Socket socket() {
    return (Socket) connection;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
