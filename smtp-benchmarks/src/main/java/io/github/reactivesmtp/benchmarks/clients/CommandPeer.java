package io.github.reactivesmtp.benchmarks.clients;

import java.util.List;
import java.util.Locale;

/**
 * A program given on the command line.
 *
 * @param template words with {@code {host}}, {@code {port}}, {@code {connections}}, {@code {size}},
 *     {@code {recipients}}, {@code {messages}} and, if it can stop by itself, {@code {seconds}} and
 *     {@code {warmup}}
 */
record CommandPeer(String label, String template) implements Peer {

  /**
   * Reads {@code LABEL=TEMPLATE}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static CommandPeer parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("not LABEL=COMMAND: " + text);
    }
    return new CommandPeer(text.substring(0, equals), text.substring(equals + 1));
  }

  @Override
  public String id() {
    return label;
  }

  @Override
  public Role role() {
    return Role.COMMAND;
  }

  @Override
  public Content content() {
    return Content.UNKNOWN;
  }

  /** Whether it is bounded by messages alone, whose number then has to be found. */
  boolean needsCount() {
    return template.contains("{messages}") && !template.contains("{seconds}");
  }

  @Override
  public List<String> command(Endpoint sink, LoadCase load, Bounds bounds) {
    return words(
        template
            .replace("{host}", sink.host())
            .replace("{port}", String.valueOf(sink.port()))
            .replace("{connections}", String.valueOf(load.connections()))
            .replace("{size}", String.valueOf(load.size()))
            .replace("{recipients}", String.valueOf(load.recipients()))
            .replace("{messages}", String.valueOf(bounds.messages()))
            .replace("{seconds}", String.format(Locale.ROOT, "%.3f", bounds.seconds()))
            .replace("{warmup}", String.format(Locale.ROOT, "%.3f", bounds.warmupSeconds())));
  }

  /** The words of a command; they are divided by spaces, and there is no quoting. */
  static List<String> words(String command) {
    return List.of(command.strip().split("\\s+"));
  }
}
