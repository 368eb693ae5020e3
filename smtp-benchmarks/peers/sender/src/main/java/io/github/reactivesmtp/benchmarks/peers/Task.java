package io.github.reactivesmtp.benchmarks.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What to send, where, over how many connections and for how long.
 *
 * @param peer what to call this sender in its figures
 * @param mode which of the client's ways to send, if it has several
 * @param messages sent at most after the warm-up
 * @param warmupSeconds sent before the clock starts, over the same connections
 * @param seconds after which no message is begun any more
 * @param size octets of the text; the header comes beside
 * @param recipients of each message
 * @param window messages under way on a connection, for a client that does not wait
 * @param loops event loops at most, for a client that has any
 */
public record Task(
    String peer,
    String mode,
    String host,
    int port,
    long messages,
    double warmupSeconds,
    double seconds,
    int size,
    int recipients,
    int connections,
    int window,
    int loops) {

  public static final String FROM = "sender@example.com";

  /**
   * Reads {@code --port 2525 --connections 16 …}; what is not said has a default.
   *
   * @throws IllegalArgumentException for an option there is not, or that has no value
   */
  public static Task of(String... arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    Task task =
        new Task(
            take(options, "--peer", "sender"),
            take(options, "--mode", ""),
            take(options, "--host", "127.0.0.1"),
            Integer.parseInt(take(options, "--port", "2525")),
            Long.parseLong(take(options, "--messages", "1000000")),
            Double.parseDouble(take(options, "--warmup", "10")),
            Double.parseDouble(take(options, "--seconds", "5")),
            Integer.parseInt(take(options, "--size", "1024")),
            Integer.parseInt(take(options, "--recipients", "1")),
            Integer.parseInt(take(options, "--connections", "1")),
            Integer.parseInt(take(options, "--window", "256")),
            Integer.parseInt(
                take(
                    options,
                    "--loops",
                    String.valueOf(Runtime.getRuntime().availableProcessors()))));
    if (!options.isEmpty() || arguments.length % 2 != 0) {
      throw new IllegalArgumentException(
          "no such option, or no value: " + String.join(" ", arguments));
    }
    return task;
  }

  private static String take(Map<String, String> options, String name, String otherwise) {
    String value = options.remove(name);
    return value == null ? otherwise : value;
  }

  /** The event loops that a client should have: none of them without a connection. */
  public int usefulLoops() {
    return Math.min(loops, connections);
  }

  /** The addresses of the recipients. */
  public List<String> to() {
    return IntStream.range(0, recipients).mapToObj(Task::recipient).toList();
  }

  /** The message that every client is to send. */
  public MailText mail() {
    return MailText.of(size);
  }

  static String recipient(int number) {
    return "recipient" + number + "@example.com";
  }
}
