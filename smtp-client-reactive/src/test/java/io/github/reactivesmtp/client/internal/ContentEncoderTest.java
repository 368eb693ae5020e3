package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.BareNewlines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire is read back with means other than the encoders' own. */
class ContentEncoderTest {

  private static final Pattern BDAT = Pattern.compile("BDAT (\\d+)( LAST)?\r\n");
  private static final int CHUNK = 64 * 1024;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<ByteBuf> pieces = new ArrayList<>();
  private final WireBuffer out = new WireBuffer(channel);
  private MailTransaction transaction;

  ContentEncoderTest() {
    channel.config().setAllocator(allocator);
  }

  @AfterEach
  void everyBufferIsReleased() {
    out.release();
    channel.finishAndReleaseAll();
    everyPieceIsReleased();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  private void everyPieceIsReleased() {
    assertThat(pieces).allMatch(piece -> piece.refCnt() == 0);
    pieces.clear();
  }

  // --- round trips

  static List<String> contents() {
    List<String> contents = new ArrayList<>();
    contents.add("");
    contents.add(".");
    contents.add("..");
    contents.add(".\r\n");
    contents.add("\r\n.\r\n");
    contents.add("a\r\n.\r\nb");
    contents.add("a\n.\nMAIL FROM:<x>\n"); // SMTP smuggling
    contents.add("a\r.\r\n.\r.\n");
    contents.add("\r");
    contents.add("\n");
    contents.add("\r\r\n\n\r");
    contents.add("Subject: a\r\n\r\ntext");
    return contents;
  }

  /** Cut at each place into two. */
  @ParameterizedTest
  @MethodSource("contents")
  void everyCutGivesTheSameOctets(String content) {
    for (Transfer transfer : new Transfer[] {Transfer.DATA, Transfer.BDAT}) {
      for (int cut = 0; cut <= content.length(); cut++) {
        ContentEncoder encoder = encoder(transfer, BareNewlines.NORMALISE);
        encoder.write(piece(content.substring(0, cut), 0));
        encoder.write(piece(content.substring(cut), 1));
        encoder.end();
        assertThat(decode(transfer, wire())).as("cut at %d", cut).isEqualTo(normalised(content));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contents")
  void contentAllThereGivesTheSameOctets(String content) {
    for (Transfer transfer : new Transfer[] {Transfer.DATA, Transfer.BDAT}) {
      ContentEncoder encoder = encoder(transfer, BareNewlines.NORMALISE);
      writeWhole(encoder, content);
      assertThat(decode(transfer, wire())).isEqualTo(normalised(content));
      assertThat(transaction.isWritten()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transfer.class,
      names = {"DATA", "BDAT"})
  void anyContentCutAnywhereComesBack(Transfer transfer) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      boolean tiny = random.nextBoolean();
      String content = content(random, tiny ? 50 : 20_000);
      ContentEncoder encoder = encoder(transfer, BareNewlines.NORMALISE);
      StringBuilder wire = new StringBuilder();
      int largest = tiny ? 10 : 100_000;
      for (int at = 0; at < content.length(); ) {
        int end = Math.min(content.length(), at + random.nextInt(largest));
        encoder.write(piece(content.substring(at, end), random.nextInt(3)));
        at = end;
        if (random.nextInt(3) == 0) {
          wire.append(wire());
        }
      }
      encoder.end();
      wire.append(wire());
      assertThat(decode(transfer, wire.toString()))
          .as("seed %d round %d", seed, round)
          .isEqualTo(normalised(content));
      everyPieceIsReleased();
    }
  }

  private static String content(Random random, int longestRun) {
    String[] parts = {"a", "bc", ".", "..", "\r\n", "\r\n", "\r", "\n", "\r\n.", "\u00fc\u00ff"};
    StringBuilder content = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      content.append(
          random.nextInt(20) == 0
              ? "x".repeat(random.nextInt(longestRun))
              : parts[random.nextInt(parts.length)]);
    }
    return content.toString();
  }

  // --- BDAT

  @Test
  void smallPiecesAreGatheredIntoOneChunk() {
    ContentEncoder encoder = encoder(Transfer.BDAT, BareNewlines.NORMALISE);
    for (int i = 0; i < 100; i++) {
      encoder.write(piece("line " + i % 10 + "\r\n", i % 3));
    }
    assertThat(wire()).as("held back").isEmpty();
    encoder.end();
    assertThat(wire()).startsWith("BDAT 800 LAST\r\nline 0\r\n");
  }

  @Test
  void aFullChunkGoesOutAndItsReplyIsDue() {
    ContentEncoder encoder = encoder(Transfer.BDAT, BareNewlines.NORMALISE);
    encoder.write(piece("x".repeat(CHUNK - 1), 0));
    assertThat(wire()).isEmpty();
    encoder.write(piece("y", 1));
    assertThat(wire()).hasSize("BDAT 65536\r\n".length() + CHUNK).startsWith("BDAT 65536\r\nxx");
    assertThat(transaction.isWritten()).isFalse();
    encoder.end();
    assertThat(wire()).isEqualTo("BDAT 2 LAST\r\n\r\n");
    assertThat(transaction.isWritten()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"DATA,'.\r\n'", "BDAT,'BDAT 0 LAST\r\n'"})
  void emptyContentHasAnEndToo(Transfer transfer, String wire) {
    encoder(transfer, BareNewlines.NORMALISE).end();
    assertThat(wire()).isEqualTo(wire);
    writeWhole(encoder(transfer, BareNewlines.NORMALISE), "");
    assertThat(wire()).isEqualTo(wire);
  }

  // --- the rule on bare newlines, and giving up

  @ParameterizedTest
  @EnumSource(
      value = Transfer.class,
      names = {"DATA", "BDAT"})
  void bareNewlinesAreRefusedIfTold(Transfer transfer) {
    for (String last : new String[] {"b\nc", "b\rc"}) {
      for (int kind = 0; kind < 3; kind++) {
        ByteBuf bad = piece(last, kind);
        ContentEncoder encoder = encoder(transfer, BareNewlines.REJECT);
        encoder.write(piece("a\r", kind));
        encoder.write(piece("\n", kind));
        assertThatThrownBy(() -> encoder.write(bad)).isInstanceOf(IllegalArgumentException.class);
        encoder.release();
        assertThat(transaction.isWritten()).isFalse();
      }
    }
  }

  /** BINARYMIME: every octet as it is, none added, however it is cut. */
  @ParameterizedTest
  @MethodSource("contents")
  void binaryContentIsNotTouched(String content) {
    for (int cut = 0; cut <= content.length(); cut++) {
      ContentEncoder encoder = binaryEncoder();
      encoder.write(piece(content.substring(0, cut), 0));
      encoder.write(piece(content.substring(cut), 1));
      encoder.end();
      assertThat(decode(Transfer.BDAT, wire())).as("cut at %d", cut).isEqualTo(content);
      assertThat(transaction.isWritten()).isTrue();
    }
    binaryEncoder().writeWhole(content.getBytes(ISO_8859_1), content.length());
    assertThat(decode(Transfer.BDAT, wire())).isEqualTo(content);
    assertThat(transaction.isWritten()).isTrue();
  }

  @Test
  void whatIsHeldBackCanBeLetGo() {
    ContentEncoder encoder = encoder(Transfer.BDAT, BareNewlines.NORMALISE);
    encoder.write(piece("clean\r\n", 0));
    encoder.write(piece("not\nclean", 1));
    encoder.release();
    encoder.release();
    assertThat(wire()).isEmpty();
  }

  // --- means

  private ContentEncoder encoder(Transfer transfer, BareNewlines policy) {
    transaction = new MailTransaction(TransactionPlayer.plan(1, transfer, true, false));
    return transfer == Transfer.DATA
        ? new DotStuffingEncoder(out, transaction, policy)
        : new ChunkingEncoder(out, allocator, transaction, policy, false);
  }

  private ContentEncoder binaryEncoder() {
    transaction = new MailTransaction(TransactionPlayer.plan(1, Transfer.BDAT, true, false));
    return new ChunkingEncoder(out, allocator, transaction, BareNewlines.REJECT, true);
  }

  private static void writeWhole(ContentEncoder encoder, String content) {
    byte[] octets = content.getBytes(ISO_8859_1);
    MessageBody body = MessageBody.bytes(octets);
    encoder.writeWhole(octets, MessageFacts.of(Wire.envelope("a", body, "to@to.example")).length());
  }

  /** A piece on the heap, off it, or of two parts; with octets before it that are not its own. */
  private ByteBuf piece(String text, int kind) {
    byte[] octets = ("\n." + text).getBytes(ISO_8859_1);
    ByteBuf piece =
        switch (kind) {
          case 0 -> Unpooled.copiedBuffer(octets);
          case 1 -> allocator.directBuffer(octets.length).writeBytes(octets);
          default -> {
            int half = octets.length / 2;
            CompositeByteBuf both = Unpooled.compositeBuffer();
            both.addComponent(true, Unpooled.copiedBuffer(octets, 0, half));
            yield both.addComponent(
                true, Unpooled.copiedBuffer(octets, half, octets.length - half));
          }
        };
    pieces.add(piece);
    return piece.skipBytes(2);
  }

  /** What went to the socket since the last call. */
  private String wire() {
    out.flush();
    StringBuilder wire = new StringBuilder();
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      wire.append(written.toString(ISO_8859_1));
      written.release();
    }
    return wire.toString();
  }

  private static String normalised(String content) {
    String lines = content.replaceAll("\r\n|\r|\n", "\r\n");
    return lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
  }

  private static String decode(Transfer transfer, String wire) {
    return transfer == Transfer.DATA ? decodeData(wire) : decodeBdat(wire);
  }

  private static String decodeData(String wire) {
    assertThat(wire).endsWith("\r\n");
    String[] lines = wire.split("\r\n", -1);
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < lines.length - 1; i++) {
      assertThat(lines[i]).doesNotContain("\r", "\n");
      if (i == lines.length - 2) {
        assertThat(lines[i]).as("the end").isEqualTo(".");
      } else {
        assertThat(lines[i]).as("an end before the end").isNotEqualTo(".");
        content.append(lines[i].startsWith(".") ? lines[i].substring(1) : lines[i]).append("\r\n");
      }
    }
    return content.toString();
  }

  private static String decodeBdat(String wire) {
    StringBuilder content = new StringBuilder();
    Matcher command = BDAT.matcher(wire);
    int at = 0;
    boolean last = false;
    while (!last) {
      assertThat(command.region(at, wire.length()).lookingAt()).as("BDAT at %d", at).isTrue();
      int end = command.end() + Integer.parseInt(command.group(1));
      assertThat(end).as("octets announced and there").isLessThanOrEqualTo(wire.length());
      content.append(wire, command.end(), end);
      last = command.group(2) != null;
      at = end;
    }
    assertThat(at).as("nothing behind the last chunk").isEqualTo(wire.length());
    return content.toString();
  }
}
