package io.github.reactivesmtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;

/** What a closed server leaves: nothing, whoever was connecting at that moment. */
class ServerCloseIT {

  /** Enough to be sure of a connection that is accepted in each step of the closing. */
  private static final int RUNS = 200;

  private static final int SILENCE_MILLIS = 5_000;

  @RepeatedTest(RUNS)
  void noConnectionStaysOpenThatWasAcceptedWhileTheServerClosed() throws Exception {
    CompletableFuture<List<Socket>> connecting;
    try (SmtpServer server = SmtpServer.builder().eventLoopThreads(2).start()) {
      InetSocketAddress address = server.address();
      CountDownLatch underWay = new CountDownLatch(3);
      connecting = CompletableFuture.supplyAsync(() -> connectUntilRefused(address, underWay));
      underWay.await();
    }
    List<Socket> connections = connecting.get();
    try {
      for (Socket connection : connections) {
        assertEnded(connection);
      }
    } finally {
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }

  private static List<Socket> connectUntilRefused(
      InetSocketAddress server, CountDownLatch underWay) {
    List<Socket> connections = new ArrayList<>();
    while (true) {
      Socket connection = new Socket();
      try {
        connection.connect(server);
      } catch (IOException refused) {
        return connections;
      }
      if (connection.getLocalPort() == server.getPort()) {
        closeQuietly(connection); // to itself, which TCP allows where nobody listens
        return connections;
      }
      connections.add(connection);
      underWay.countDown();
    }
  }

  private static void closeQuietly(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the greeting, if there is one, and then the end of the connection in either form. Writes
   * first: where the listener was closed before the handshake's last packet came, Linux may say so
   * only then.
   */
  private static void assertEnded(Socket connection) throws IOException {
    connection.setSoTimeout(SILENCE_MILLIS);
    try {
      connection.getOutputStream().write('\n');
      connection.getInputStream().readAllBytes();
    } catch (SocketTimeoutException open) {
      throw new AssertionError("still open: " + connection, open);
    } catch (IOException reset) {
      // an end as well
    }
  }
}
