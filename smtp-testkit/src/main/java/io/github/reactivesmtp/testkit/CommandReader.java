package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.CommandParser;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads command lines and puts them into the transcript, if there is one. */
final class CommandReader {

  private final CommandParser parser = new CommandParser();
  private final Transcript.@Nullable Recorder transcript;

  CommandReader(Transcript.@Nullable Recorder transcript) {
    this.transcript = transcript;
  }

  /**
   * The next command; null when its line is not complete yet.
   *
   * @throws SmtpSyntaxException if the line is no command; it has been read
   */
  @Nullable SmtpCommand command(ByteBuffer in) {
    if (transcript == null) {
      return parser.parse(in);
    }
    int start = in.position();
    SmtpCommand command;
    try {
      command = parser.parse(in);
    } catch (SmtpSyntaxException e) {
      transcript.line(in, start);
      throw e;
    }
    if (command == null) {
      transcript.partial(in, start);
    } else {
      transcript.line(in, start);
    }
    return command;
  }

  /** The next line of an AUTH exchange; null when it is not complete yet. */
  @Nullable String authLine(ByteBuffer in) {
    String line = parser.parseLine(in);
    if (line != null && transcript != null) {
      transcript.secret();
    }
    return line;
  }
}
