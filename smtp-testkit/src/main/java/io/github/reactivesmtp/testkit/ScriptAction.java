package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.ReplyParser;
import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script rule makes the server do. */
sealed interface ScriptAction {

  /** What the server would have said anyway; octet by octet if {@code split}. */
  record Normal(boolean split) implements ScriptAction {}

  record Reply(SmtpReply reply, boolean split, boolean thenClose) implements ScriptAction {}

  /**
   * Octets as they are.
   *
   * @param reply what a client would read in them; null if no whole reply starts them
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Raw(byte[] octets, @Nullable SmtpReply reply) implements ScriptAction {

    static Raw of(byte[] octets) {
      return new Raw(octets, read(octets));
    }

    private static @Nullable SmtpReply read(byte[] octets) {
      try {
        return new ReplyParser().parse(ByteBuffer.wrap(octets));
      } catch (SmtpSyntaxException notAReply) {
        return null; // what raw octets are for
      }
    }
  }

  /** The usual EHLO reply with other extensions. */
  record Advertise(List<String> extensions) implements ScriptAction {}

  /** Never another word on this connection. */
  record Hang() implements ScriptAction {}

  /** RST: the peer learns that the connection is gone, and nothing else. */
  record Reset() implements ScriptAction {}

  /** An orderly FIN. */
  record Close() implements ScriptAction {}
}
