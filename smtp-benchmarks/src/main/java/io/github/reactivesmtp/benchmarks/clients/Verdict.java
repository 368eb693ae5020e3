package io.github.reactivesmtp.benchmarks.clients;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a run counts: the sink must hold what was sent, all of it and nothing else. */
final class Verdict {

  private Verdict() {}

  /** What is wrong with a run; null if nothing is. */
  static @Nullable String of(Peer peer, LoadCase load, Figures sent, SinkStats held) {
    long messages = sent.messages() + sent.warmupMessages();
    if (sent.errors() > 0) {
      return String.format(Locale.ROOT, "%,d messages failed", sent.errors());
    }
    if (sent.messages() == 0) {
      return "sent nothing";
    }
    if (held.messages() != messages) {
      return String.format(
          Locale.ROOT, "%,d messages sent, the sink holds %,d", messages, held.messages());
    }
    if (held.recipients() >= 0 && held.recipients() != messages * load.recipients()) {
      return String.format(
          Locale.ROOT,
          "%,d recipients expected, the sink had %,d",
          messages * load.recipients(),
          held.recipients());
    }
    if (held.digest() == null || peer.content() == Peer.Content.UNKNOWN) {
      return null;
    }
    return held.digest().equals(ExpectedContent.digest(peer.content(), load.size(), messages))
        ? null
        : "the sink holds other octets than were sent";
  }
}
