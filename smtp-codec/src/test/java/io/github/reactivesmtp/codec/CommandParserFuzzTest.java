package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any octets as a client's lines: what is a command is one line, whoever reads it next. */
class CommandParserFuzzTest {

  @FuzzTest
  void whatIsReadIsOneLineAndReadAgainTheSame(byte[] octets) {
    List<Object> whole = null;
    for (List<ByteBuffer> arriving : Cuts.of(octets)) {
      List<Object> read = read(arriving, new CommandParser(CodecLimits.COMMAND_LINE));
      whole = whole == null ? read : whole;
      assertEquals(whole, read, "the same however it is cut");
    }
    for (Object each : read(Cuts.of(octets).get(0), new CommandParser())) {
      if (each instanceof SmtpCommand command) {
        check(command);
      }
    }
  }

  /** Each line as its command, or as the reply code that it is refused with. */
  private static List<Object> read(List<ByteBuffer> arriving, CommandParser parser) {
    List<Object> read = new ArrayList<>();
    for (ByteBuffer in : arriving) {
      while (in.hasRemaining()) {
        try {
          SmtpCommand command = parser.parse(in);
          if (command != null) {
            read.add(command);
          }
        } catch (SmtpSyntaxException e) {
          assertFalse(Fuzz.hasControls(e.getMessage()), e.getMessage());
          read.add(e.replyCode());
        }
      }
      in.rewind();
    }
    return read;
  }

  private static void check(SmtpCommand command) {
    String line = Fuzz.line(command);
    ByteBuffer wire = ByteBuffer.wrap((line + "\r\n").getBytes(UTF_8));
    assertTrue(wire.remaining() <= CodecLimits.EXTENDED_COMMAND_LINE);
    SmtpCommand again = new CommandParser().parse(wire);
    assertEquals(command, again);
    assertEquals(command.hashCode(), again.hashCode());
    assertEquals(line, Fuzz.line(again));
    if (!(command instanceof SmtpCommand.Auth)) {
      assertEquals(line, command.toString());
    }
  }
}
