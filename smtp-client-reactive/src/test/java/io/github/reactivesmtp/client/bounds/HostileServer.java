package io.github.reactivesmtp.client.bounds;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server that is one until, in one place, it attacks: plain sockets, a thread a connection, no
 * memory worth mentioning.
 */
final class HostileServer implements AutoCloseable {

  /** Small, so that what the client's kernel takes is not the measure of what the client holds. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final Attack attack;
  private final Place place;
  private final boolean chunking;
  private final ServerSocket listener = new ServerSocket();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong contentRead = new AtomicLong();
  private final CountDownLatch bell = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  /** Where it attacks, which it does on its first connection only. */
  enum Place {
    GREETING,
    EHLO,
    MAIL,
    DATA,
    /** When the first octets of the content have come. */
    MID_CONTENT,
    /** When the content has come. */
    CONTENT,
    /** When the client has its result, and says so by another connection. */
    IDLE
  }

  HostileServer(Attack attack, Place place, boolean chunking) throws IOException {
    this.attack = attack;
    this.place = place;
    this.chunking = chunking;
    listener.setReceiveBufferSize(RECEIVE_BUFFER);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "hostile-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Octets that could be written, over all connections: what the client and the kernels took. */
  long written() {
    return written.get();
  }

  /** Octets of content that were read. */
  long contentRead() {
    return contentRead.get();
  }

  private void accept() {
    boolean first = true;
    try {
      while (true) {
        Socket socket = listener.accept();
        boolean attacks = first;
        if (!first) {
          bell.countDown();
        }
        first = false;
        start(() -> serve(socket, attacks));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket, boolean attacks) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new Counting(socket.getOutputStream())) {
      new Connection(in, out, attacks).serve();
    } catch (IOException gone) {
      // the client went, as it should
    }
  }

  private final class Connection {

    private final InputStream in;
    private final OutputStream out;
    private final boolean attacks;

    Connection(InputStream in, OutputStream out, boolean attacks) {
      this.in = in;
      this.out = out;
      this.attacks = attacks;
    }

    void serve() throws IOException {
      answer(Place.GREETING, 220, "mx.example");
      for (String line = readLine(); !line.isEmpty(); line = readLine()) {
        if (line.startsWith("EHLO")) {
          answer(
              Place.EHLO,
              250,
              "mx.example\r\n250-8BITMIME\r\n"
                  + (chunking ? "250-CHUNKING\r\n" : "")
                  + "250 PIPELINING");
        } else if (line.startsWith("MAIL")) {
          answer(Place.MAIL, 250, "ok");
        } else if (line.startsWith("BDAT")) {
          content(Long.parseLong(line.split(" ", -1)[1]), line.endsWith("LAST"));
        } else if (line.equals("DATA")) {
          answer(Place.DATA, 354, "go");
          data();
        } else {
          say(line.equals("QUIT") ? 221 : 250, "ok");
        }
      }
    }

    private void answer(Place here, int code, String text) throws IOException {
      if (attacks && place == here) {
        attack.say(out, code);
        standStill();
      } else if (text.contains("\n")) {
        out.write((code + "-" + text + "\r\n").getBytes(US_ASCII));
        out.flush();
      } else {
        say(code, text);
      }
    }

    private void say(int code, String text) throws IOException {
      out.write((code + " " + text + "\r\n").getBytes(US_ASCII));
      out.flush();
    }

    /** Reads only to learn of the connection's end, except where it does not read at all. */
    private void standStill() throws IOException {
      if (attack == Attack.STANDSTILL) {
        await(end);
      }
      in.skip(Long.MAX_VALUE);
      throw new IOException("over");
    }

    private static void await(CountDownLatch latch) throws IOException {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private void content(long octets, boolean last) throws IOException {
      for (long i = 0; i < octets; i++) {
        if (in.read() < 0) {
          throw new IOException("gone");
        }
        if (contentRead.incrementAndGet() == 1) {
          midContent();
        }
      }
      if (last) {
        ended();
      } else {
        say(250, "ok");
      }
    }

    private void data() throws IOException {
      String line = "";
      while (!line.equals(".")) {
        line = readLine();
        if (line.isEmpty()) {
          throw new IOException("gone");
        }
        if (contentRead.getAndAdd(line.length() + 2) == 0) {
          midContent();
        }
      }
      ended();
    }

    private void midContent() throws IOException {
      if (attacks && place == Place.MID_CONTENT) {
        attack.say(out, 250);
        standStill();
      }
    }

    private void ended() throws IOException {
      answer(Place.CONTENT, 250, "queued");
      if (attacks && place == Place.IDLE) {
        await(bell);
        attack.say(out, 250);
        standStill();
      }
    }

    /** Without its end; empty at the end of the connection, and an empty line is one space. */
    private String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      int octet;
      while ((octet = in.read()) != '\n' && octet != -1) {
        line.append((char) octet);
      }
      String text = line.toString().strip();
      return text.isEmpty() && octet != -1 ? " " : text;
    }
  }

  /** Counts what is taken from it. */
  private final class Counting extends FilterOutputStream {

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      written.incrementAndGet();
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
      written.addAndGet(length);
    }
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    bell.countDown();
    listener.close();
  }
}
