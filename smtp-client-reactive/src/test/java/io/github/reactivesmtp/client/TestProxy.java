package io.github.reactivesmtp.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that understands SOCKS 4 and 4a, SOCKS 5 (RFC 1928) without authentication, and HTTP
 * CONNECT, and takes whoever is asked for to be on this host: names do not resolve anywhere else.
 */
final class TestProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  TestProxy() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    inBackground(
        () -> {
          while (true) {
            Socket client = track(listener.accept());
            inBackground(() -> serve(client));
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What clients wanted to be connected with, such as {@code SOCKS5 mx.example:25}. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    int first = in.read();
    int port;
    byte[] granted;
    switch (first) {
      case 4 -> {
        in.readByte(); // CONNECT
        port = in.readUnsignedShort();
        byte[] address = in.readNBytes(4);
        text(in, 0); // user
        boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0;
        String host = named ? text(in, 0) : InetAddress.getByAddress(address).getHostAddress();
        asked.add("SOCKS4 " + host + ":" + port);
        granted = new byte[] {0, 90, 0, 0, 0, 0, 0, 0};
      }
      case 5 -> {
        in.readNBytes(in.readUnsignedByte()); // ways to authenticate
        out.write(new byte[] {5, 0});
        in.readNBytes(3); // version, CONNECT, reserved
        String host =
            switch (in.readUnsignedByte()) {
              case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
              case 3 -> new String(in.readNBytes(in.readUnsignedByte()), US_ASCII);
              default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
            };
        port = in.readUnsignedShort();
        asked.add("SOCKS5 " + host + ":" + port);
        granted = new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};
      }
      default -> {
        String line = text(in, '\n'); // ONNECT host:port HTTP/1.1
        String target = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        while (!text(in, '\n').isBlank()) {
          // the rest of the header
        }
        asked.add("HTTP " + target);
        port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
        granted = "HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII);
      }
    }
    Socket server = track(new Socket(InetAddress.getLoopbackAddress(), port));
    out.write(granted);
    inBackground(() -> pass(server, client));
    pass(client, server);
  }

  private static void pass(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
    to.shutdownOutput();
  }

  private static String text(DataInputStream in, int end) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int octet = in.read(); octet != end; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("The client went away.");
      }
      text.append((char) octet);
    }
    return text.toString();
  }

  private Socket track(Socket socket) {
    open.add(socket);
    return socket;
  }

  private interface Work {
    void run() throws IOException;
  }

  private void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                if (!listener.isClosed()) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
