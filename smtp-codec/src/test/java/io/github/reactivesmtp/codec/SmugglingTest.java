package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Content that some server would take for the end of a message with commands after it. Nothing of
 * it may leave the client in a form that any server could read so.
 */
class SmugglingTest {

  private static final String BEFORE = "Subject: x\r\n\r\nhello";
  private static final String AFTER = "MAIL FROM:<admin@victim.example>\r\n";

  /** Each pair of line ends around a dot (and around a dot and NUL) but the honest CRLF.CRLF. */
  static List<String> ends() {
    List<String> ends = new ArrayList<>();
    String[] newlines = {"\n", "\r", "\r\n", "\r\r\n", "\n\r", "\r\n\r", "\n\n", "\r\r"};
    for (String first : newlines) {
      for (String second : newlines) {
        if (!(first + second).equals("\r\n\r\n")) {
          ends.add(first + "." + second);
          ends.add(first + ".\0" + second);
          ends.add(first + ".." + second);
        }
      }
    }
    return ends;
  }

  @ParameterizedTest
  @MethodSource("ends")
  void normalisedThereIsOneEndAndNoBareNewline(String end) {
    String content = BEFORE + end + AFTER;
    for (int cut = 0; cut <= content.length(); cut++) {
      ByteBuffer wire = ByteBuffer.allocate(2 * content.length() + DotStuffing.MAX_TERMINATOR + 2);
      State state = stuff(content.substring(0, cut), wire, State.START);
      state = stuff(content.substring(cut), wire, state);
      DotStuffing.terminate(wire, state);
      String sent = BufferKind.written(wire);

      assertThat(NaiveContent.bareNewline(sent)).as("cut at %d: %s", cut, sent).isEqualTo(-1);
      assertThat(sent).as("cut at %d", cut).endsWith("\r\n.\r\n");
      assertThat(sent.indexOf("\r\n.\r\n")).isEqualTo(sent.length() - 5);
    }
  }

  private static State stuff(String chunk, ByteBuffer wire, State state) {
    ByteBuffer in = ByteBuffer.wrap(chunk.getBytes(ISO_8859_1));
    State after = DotStuffing.stuff(in, wire, state, BareNewlines.NORMALISE);
    assertThat(in.hasRemaining()).isFalse();
    return after;
  }

  @ParameterizedTest
  @MethodSource("ends")
  void rejectedTheOffsetIsNamed(String end) {
    String content = BEFORE + end + AFTER;
    ByteBuffer in = BufferKind.HEAP.of(content);
    ByteBuffer wire = ByteBuffer.allocate(2 * content.length());

    assertThatThrownBy(() -> DotStuffing.stuff(in, wire, State.START, BareNewlines.REJECT))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessageEndingWith(" at offset " + NaiveContent.bareNewline(content));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aServerReadsOnPastThem(String end) {
    ByteBuffer in = BufferKind.HEAP.of(BEFORE + end + AFTER);
    ByteBuffer content = ByteBuffer.allocate(in.remaining() + 1);
    boolean honest = (end + AFTER).startsWith("\r\n.\r\n") || end.contains("\r\n.\r\n");

    DotUnstuffing.State state = DotUnstuffing.unstuff(in, content, DotUnstuffing.State.START);

    assertThat(state == DotUnstuffing.State.END).isEqualTo(honest);
  }
}
