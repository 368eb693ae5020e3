package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server's answer: a code from 200 to 599 and at least one line of text (RFC 5321 §4.2). */
public final class SmtpReply {

  /** Stands for "looked for and not there" in {@link #enhancedStatus}. */
  private static final EnhancedStatus NO_STATUS = new EnhancedStatus(2, 999, 999);

  private final int code;

  /** The one line as it came, end included; null if {@link #lines} was there from the start. */
  private final byte @Nullable [] received;

  /** Decoded at the first request; a race only makes it twice. */
  private @Nullable List<String> lines;

  private final byte @Nullable [] wire;

  /** Filled at the first request; a race only makes it twice. */
  private @Nullable EnhancedStatus status;

  private SmtpReply(
      int code, byte @Nullable [] received, @Nullable List<String> lines, byte @Nullable [] wire) {
    this.code = code;
    this.received = received;
    this.lines = lines;
    this.wire = wire;
  }

  /** For {@link ReplyParser}, which has checked both. */
  static SmtpReply parsed(int code, List<String> lines) {
    return new SmtpReply(code, null, lines, null);
  }

  /**
   * For {@link ReplyParser}: the text is decoded when it is asked for, which is seldom.
   *
   * @param received the one line, end included
   */
  static SmtpReply parsed(int code, byte[] received) {
    return new SmtpReply(code, received, null, null);
  }

  /**
   * A reply to be sent.
   *
   * @param lines at least one; an enhanced status code, if any, is part of each text
   * @throws SmtpSyntaxException if the code is not from 200 to 599, there is no line, or a text
   *     holds CR, LF or NUL
   */
  public static SmtpReply of(int code, String... lines) {
    if (code < 200 || code > 599) {
      throw new SmtpSyntaxException("reply code out of range: " + code);
    }
    if (lines.length == 0) {
      throw new SmtpSyntaxException("a reply has at least one line");
    }
    for (String line : lines) {
      if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
        throw new SmtpSyntaxException("CR, LF or NUL in a reply: " + escape(line));
      }
    }
    List<String> text = List.of(lines);
    return new SmtpReply(code, null, text, encode(code, text));
  }

  /** The code, 200 to 599. */
  public int code() {
    return code;
  }

  /** The texts after "250-" or "250 ", at least one; immutable. */
  public List<String> lines() {
    List<String> found = lines;
    if (found == null) {
      found = List.of(ReplyParser.text(Objects.requireNonNull(received)));
      lines = found;
    }
    return found;
  }

  /** The lines joined by LF. */
  public String text() {
    return String.join("\n", lines());
  }

  /**
   * The enhanced status code that starts the first line (RFC 2034 §4); null if there is none or its
   * class is not the code's first digit.
   */
  @SuppressWarnings("ReferenceEquality") // the mark is one instance, whatever else it equals
  public @Nullable EnhancedStatus enhancedStatus() {
    EnhancedStatus found = status;
    if (found == null) {
      found = EnhancedStatus.parse(lines().get(0));
      if (found == null || found.statusClass() != code / 100) {
        found = NO_STATUS;
      }
      status = found;
    }
    return found == NO_STATUS ? null : found;
  }

  /** 2yz: done. */
  public boolean isPositive() {
    return code < 300;
  }

  /** 3yz: go on. */
  public boolean isIntermediate() {
    return code >= 300 && code < 400;
  }

  /** 4yz: refused, may be tried again later. */
  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  /** 5yz: refused for good. */
  public boolean isPermanent() {
    return code >= 500;
  }

  /** 4yz or 5yz. */
  public boolean isNegative() {
    return code >= 400;
  }

  /** Octets {@link #writeTo} writes. */
  public int encodedLength() {
    return wire().length;
  }

  /**
   * Writes the reply, each line ended by CR LF.
   *
   * @throws java.nio.BufferOverflowException if {@code out} has too little room; nothing is written
   */
  public void writeTo(ByteBuffer out) {
    out.put(wire());
  }

  private byte[] wire() {
    return wire != null ? wire : encode(code, lines());
  }

  private static byte[] encode(int code, List<String> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      String separator = i < lines.size() - 1 ? "-" : " ";
      out.writeBytes((code + separator + lines.get(i) + "\r\n").getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SmtpReply reply && code == reply.code && lines().equals(reply.lines());
  }

  @Override
  public int hashCode() {
    return 31 * code + lines().hashCode();
  }

  /**
   * Code and lines in one line, for instance {@code 250 2.1.0 Ok}. What could forge a line in a log
   * or steer a terminal is escaped.
   */
  @Override
  public String toString() {
    return code + " " + escape(String.join(" / ", lines()));
  }

  /** Makes a text fit for a log line. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      switch (Character.getType(codePoint)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            escaped.append(String.format("\\u%04x", codePoint));
        default -> escaped.appendCodePoint(codePoint);
      }
    }
    return escaped.toString();
  }
}
