package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a sink says it holds.
 *
 * @param recipients of all messages together; -1 if not told
 * @param digest of the contents, as {@link ExpectedContent} has it; null if not told
 */
record SinkStats(long messages, long recipients, @Nullable String digest) {

  /**
   * Reads the line of JSON that a sink ends with: {@code msgs}, and {@code rcpts} and {@code
   * digest} if it has them.
   *
   * @throws IOException if there is none
   */
  static SinkStats of(String output) throws IOException {
    FlatJson json = FlatJson.lastOf(output);
    double messages = json.number("msgs", -1);
    if (messages < 0) {
      throw new IOException("no msgs in " + json);
    }
    return new SinkStats(
        (long) messages, (long) json.number("rcpts", -1), json.strings().get("digest"));
  }
}
