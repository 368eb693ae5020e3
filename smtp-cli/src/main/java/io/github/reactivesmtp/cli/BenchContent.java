package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.codec.MailAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The message that a load consists of: one array, shared by all. */
final class BenchContent {

  /** Lines of text that the codec forwards as they are. */
  static final String PLAIN = "plain";

  /** Lines that all begin with a dot: each is stuffed with another (RFC 5321 §4.5.2). */
  static final String DOTS = "dots";

  private static final int LINE = 76;
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, and when it comes back the dog still sleeps, ";

  private BenchContent() {}

  /**
   * The message of a kind, of exactly that size.
   *
   * @param from null for the null reverse-path
   */
  static byte[] ofSize(int octets, String kind, @Nullable MailAddress from) {
    byte[] header = header(from);
    if (octets < header.length + 2) {
      throw CliException.usage(
          "--size must be at least %d, for the header, not %d"
              .formatted(header.length + 2, octets));
    }
    byte[] content = new byte[octets];
    System.arraycopy(header, 0, content, 0, header.length);
    boolean dots = kind.equals(DOTS);
    int column = 0;
    for (int i = header.length; i < octets - 2; i++) {
      // Never a CR without its LF: the last two octets are theirs in any case.
      if (column >= LINE && i < octets - 3) {
        content[i++] = '\r';
        content[i] = '\n';
        column = 0;
      } else {
        content[i] = (byte) (dots && column == 0 ? '.' : TEXT.charAt(i % TEXT.length()));
        column++;
      }
    }
    content[octets - 2] = '\r';
    content[octets - 1] = '\n';
    return content;
  }

  /** Without a Message-ID: the same one on every message would have some servers drop them. */
  private static byte[] header(@Nullable MailAddress from) {
    String address = from == null ? "sender@bench.example" : from.toString();
    return """
        Date: %s\r
        From: <%s>\r
        To: undisclosed recipients:;\r
        Subject: smtp bench\r
        \r
        """
        .formatted(
            DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)), address)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A file as it is. */
  static byte[] ofFile(String file) {
    try {
      byte[] content = Files.readAllBytes(Path.of(file));
      if (content.length == 0) {
        throw CliException.usage("--body " + TextLine.of(file) + " is empty");
      }
      return content;
    } catch (IOException e) {
      throw CliException.usage(
          "--body "
              + TextLine.of(file)
              + " cannot be read: "
              + TextLine.reason(e)
              + "; it is a file, or one of plain and dots",
          e);
    }
  }
}
