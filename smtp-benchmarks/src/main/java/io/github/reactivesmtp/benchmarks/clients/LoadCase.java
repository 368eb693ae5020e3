package io.github.reactivesmtp.benchmarks.clients;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What every client is to do.
 *
 * @param size octets of the text of each message
 * @param recipients of each message
 * @param delayMillis a round trip to the sink; 0 for what the loopback takes
 */
record LoadCase(int connections, int size, int recipients, int delayMillis) {

  LoadCase {
    if (connections < 1 || size < 2 || recipients < 1 || delayMillis < 0) {
      throw new IllegalArgumentException(
          "at least one connection, two octets and one recipient, and no delay below 0: "
              + connections
              + ", "
              + size
              + ", "
              + recipients
              + ", "
              + delayMillis);
    }
  }

  /**
   * Reads {@code connections=16,size=1024,recipients=1,delay=100}; what is left out is 1, 1024, 1
   * and 0.
   *
   * @throws IllegalArgumentException for anything else
   */
  static LoadCase parse(String text) {
    Map<String, Integer> values =
        new HashMap<>(Map.of("connections", 1, "size", 1024, "recipients", 1, "delay", 0));
    for (String part : text.split(",", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length != 2 || values.replace(pair[0], Integer.valueOf(pair[1])) == null) {
        throw new IllegalArgumentException("not a case: " + part + " in " + text);
      }
    }
    return new LoadCase(
        values.getOrDefault("connections", 1),
        values.getOrDefault("size", 1024),
        values.getOrDefault("recipients", 1),
        values.getOrDefault("delay", 0));
  }

  /** A name for files. */
  String name() {
    return "c" + connections + "-s" + size + "-r" + recipients + "-d" + delayMillis;
  }

  /** A name for people. */
  String title() {
    String title =
        plural(connections, "connection")
            + ", "
            + sizeText()
            + ", "
            + plural(recipients, "recipient");
    return delayMillis == 0 ? title : title + ", round trip of " + delayMillis + " ms";
  }

  private String sizeText() {
    return size % 1024 == 0 ? size / 1024 + " KiB" : size + " octets";
  }

  private static String plural(int number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
