package io.github.reactivesmtp.cli;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Messages of the demo: of one size, each different, the same in each run. */
final class DemoMessages {

  /** The smallest size in octets: the header with the number, and a line of text. */
  static final int SMALLEST = 256;

  private static final int LINE = 76;
  private static final byte[] ALPHABET =
      "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ .0123456789"
          .getBytes(StandardCharsets.US_ASCII);

  private final int size;

  /**
   * @param size octets of a message, at least {@link #SMALLEST}
   */
  DemoMessages(int size) {
    this.size = size;
  }

  /** The message of a number, lines ending with CRLF, some of them starting with a dot. */
  byte[] message(long number) {
    byte[] message = new byte[size];
    byte[] header =
        """
        From: Demo <sender@demo.example>\r
        To: recipient@demo.example\r
        Subject: Message %d\r
        Message-ID: <%d@demo.example>\r
        MIME-Version: 1.0\r
        Content-Type: text/plain\r
        \r
        """
            .formatted(number, number)
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(header, 0, message, 0, header.length);
    SplittableRandom random = new SplittableRandom(number);
    int column = 0;
    for (int i = header.length; i < size - 2; i++) {
      // Never a CR without its LF: the last two octets of the message are theirs in any case.
      if (column >= LINE && i < size - 3) {
        message[i++] = '\r';
        message[i] = '\n';
        column = 0;
      } else {
        message[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        column++;
      }
    }
    message[size - 2] = '\r';
    message[size - 1] = '\n';
    return message;
  }
}
