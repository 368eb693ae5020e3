package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Makes sockets without a network: what they say is a greeting, then the same for ever. */
final class ReplayingSocketFactory extends SocketFactory {

  private final byte[] greeting;
  private final byte[] replies;

  ReplayingSocketFactory(String greeting, byte[] replies) {
    this.greeting = greeting.getBytes(US_ASCII);
    this.replies = replies;
  }

  @Override
  public Socket createSocket() {
    return new ReplayingSocket(new Replay(greeting, replies));
  }

  @Override
  public Socket createSocket(String host, int port) {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    return createSocket();
  }

  private static final class ReplayingSocket extends Socket {

    private final InputStream in;

    ReplayingSocket(InputStream in) {
      this.in = in;
    }

    @Override
    public void connect(SocketAddress endpoint) {}

    @Override
    public void connect(SocketAddress endpoint, int timeout) {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
      return 0;
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  private static final class Replay extends InputStream {

    private final byte[] again;
    private byte[] octets;
    private int at;

    Replay(byte[] once, byte[] again) {
      this.octets = once;
      this.again = again;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return one[0];
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at == octets.length) {
        octets = again;
        at = 0;
      }
      int count = Math.min(length, octets.length - at);
      System.arraycopy(octets, at, into, from, count);
      at += count;
      return count;
    }
  }
}
