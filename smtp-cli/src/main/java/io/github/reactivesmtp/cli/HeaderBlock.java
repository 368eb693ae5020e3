package io.github.reactivesmtp.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The header of a message (RFC 5322 §2.2) as octets, cut into fields. A line ends with CRLF, CR or
 * LF: the client makes CRLF of all three, so each of them would end a line for the receiver, too.
 */
final class HeaderBlock {

  /** The longest header that is read, in octets. */
  static final int LIMIT = 1 << 20;

  /** Fields that name recipients the others must not learn of (RFC 5322 §3.6.3, §3.6.6). */
  private static final Set<String> BLIND_COPIES = Set.of("bcc", "resent-bcc");

  private final byte[] octets;
  private final int length;
  private final List<HeaderField> fields;

  private HeaderBlock(byte[] octets, int length, List<HeaderField> fields) {
    this.octets = octets;
    this.length = length;
    this.fields = fields;
  }

  /**
   * Cuts the header off the start of a message.
   *
   * @param octets the message or its first part; kept, so not to be changed afterwards
   * @param whole whether this is all of it, so that its end ends the header as well
   * @throws MailFileException if the header does not end here
   */
  static HeaderBlock parse(byte[] octets, boolean whole) throws MailFileException {
    List<HeaderField> fields = new ArrayList<>();
    int fieldStart = -1;
    int at = 0;
    while (at < octets.length) {
      byte first = octets[at];
      if (first != ' ' && first != '\t') {
        if (fieldStart >= 0) {
          fields.add(HeaderField.parse(octets, fieldStart, at));
        }
        fieldStart = at;
      }
      int next = lineEnd(octets, at);
      if (first == '\r' || first == '\n') {
        return new HeaderBlock(octets, next, fields);
      }
      at = next;
    }
    if (!whole) {
      throw new MailFileException(
          "its header has no end within " + LIMIT + " octets; is it a mail message at all?");
    }
    if (fieldStart >= 0) {
      fields.add(HeaderField.parse(octets, fieldStart, octets.length));
    }
    return new HeaderBlock(octets, octets.length, fields);
  }

  /** Where the line that starts here ends, its line end included. */
  private static int lineEnd(byte[] octets, int start) {
    int at = start;
    while (at < octets.length) {
      byte octet = octets[at++];
      if (octet == '\n') {
        return at;
      }
      if (octet == '\r') {
        return at < octets.length && octets[at] == '\n' ? at + 1 : at;
      }
    }
    return at;
  }

  /** In the order of the message. */
  List<HeaderField> fields() {
    return fields;
  }

  /** Octets of the header, the empty line after it included. */
  int length() {
    return length;
  }

  /** Whether there is a field that must not be sent. */
  boolean hasBlindCopies() {
    return fields.stream().anyMatch(HeaderBlock::isBlindCopy);
  }

  /**
   * The given octets without the Bcc fields of the header, everything else as it stands: all of the
   * message if all of it was given, otherwise its first part.
   */
  byte[] withoutBlindCopies() {
    byte[] kept = new byte[octets.length];
    int size = 0;
    int from = 0;
    for (HeaderField field : fields) {
      if (isBlindCopy(field)) {
        System.arraycopy(octets, from, kept, size, field.start() - from);
        size += field.start() - from;
        from = field.end();
      }
    }
    System.arraycopy(octets, from, kept, size, octets.length - from);
    return Arrays.copyOf(kept, size + octets.length - from);
  }

  private static boolean isBlindCopy(HeaderField field) {
    return BLIND_COPIES.contains(field.name());
  }
}
