package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last command lines a server received, over all connections. Thread-safe, bounded. */
final class Transcript {

  static final int MAX_LINES = 10_000;

  /** Longest command line RFC 5321 and the extensions in use allow is far below. */
  private static final int MAX_LINE_OCTETS = 4096;

  private static final String SECRET = "***";

  /** Spares most lines the search for a secret. */
  private static final Pattern AUTH = Pattern.compile("(?i) {0,9}AUTH ");

  /** What follows the mechanism's name, be the line as malformed as it may. */
  private static final Pattern INITIAL_RESPONSE =
      Pattern.compile("(?i)(?<=^ {0,9}AUTH {1,9}[^ ]{1,99} ).+");

  /** Guarded by itself. */
  private final Deque<Line> lines = new ArrayDeque<>();

  private record Line(int connection, String text) {
    @Override
    public String toString() {
      return "C" + connection + ": " + text;
    }
  }

  void add(int connection, String text) {
    synchronized (lines) {
      if (lines.size() == MAX_LINES) {
        lines.removeFirst();
      }
      lines.add(new Line(connection, text));
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return lines.stream().map(Line::toString).toList();
    }
  }

  List<String> lines(int connection) {
    synchronized (lines) {
      return lines.stream()
          .filter(line -> line.connection() == connection)
          .map(Line::toString)
          .toList();
    }
  }

  void clear() {
    synchronized (lines) {
      lines.clear();
    }
  }

  Recorder connection(int number) {
    return new Recorder(number);
  }

  /**
   * Puts a connection's lines together again, from whatever pieces they come in. The command parser
   * keeps none of a line's own spelling, and a transcript is for seeing just that.
   */
  final class Recorder {

    private final int connection;
    private byte[] head = new byte[128];
    private int length;

    private Recorder(int connection) {
      this.connection = connection;
    }

    /** Octets from {@code start} to the buffer's position: a line not yet complete. */
    void partial(ByteBuffer in, int start) {
      int octets = Math.min(in.position() - start, MAX_LINE_OCTETS - length);
      if (octets > head.length - length) {
        head = Arrays.copyOf(head, Math.max(2 * head.length, length + octets));
      }
      in.get(start, head, length, octets);
      length += octets;
    }

    /** Octets from {@code start} to the buffer's position complete a line. */
    void line(ByteBuffer in, int start) {
      partial(in, start);
      String text = new String(head, 0, withoutLineEnd(), UTF_8);
      length = 0;
      add(
          connection,
          AUTH.matcher(text).lookingAt()
              ? INITIAL_RESPONSE.matcher(text).replaceFirst(SECRET)
              : text);
    }

    /** A line that is not to be shown. */
    void secret() {
      length = 0;
      add(connection, SECRET);
    }

    private int withoutLineEnd() {
      int end = length;
      if (end > 0 && head[end - 1] == '\n') {
        end -= end > 1 && head[end - 2] == '\r' ? 2 : 1;
      }
      return end;
    }
  }
}
