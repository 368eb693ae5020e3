package io.github.reactivesmtp.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets with TCP_NODELAY, for clients that do not set it: BDAT and content in two writes would
 * wait 40 ms for a delayed ACK.
 */
public final class NoDelaySockets extends SocketFactory {

  /** What Angus Mail calls when it is given the name of this class. */
  public static SocketFactory getDefault() {
    return new NoDelaySockets();
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) {
    throw new UnsupportedOperationException();
  }
}
