package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.cli.EnvelopeAddresses.Given;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.codec.RcptParameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes an envelope of a file. Files up to 1 MiB are read at once; of larger ones only the header,
 * and the rest while it is sent. Blocks: not for event loops.
 */
final class EnvelopeReader {

  private final Given given;
  private final RcptParameters parameters;

  /**
   * @param parameters what to ask for each recipient
   */
  EnvelopeReader(Given given, RcptParameters parameters) {
    this.given = given;
    this.parameters = parameters;
  }

  /**
   * The envelope, with a {@link MailFile} as its tag.
   *
   * @throws MailFileException with the reason for the user
   */
  Envelope read(Path path) throws MailFileException {
    try {
      return readFile(path);
    } catch (IOException e) {
      throw new MailFileException("it cannot be read: " + TextLine.reason(e), e);
    }
  }

  private Envelope readFile(Path path) throws IOException, MailFileException {
    if (Files.isDirectory(path)) {
      throw new MailFileException("it is a folder that cannot be looked into");
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(HeaderBlock.LIMIT + 1);
    }
    boolean whole = start.length <= HeaderBlock.LIMIT;
    HeaderBlock header = HeaderBlock.parse(start, whole);
    EnvelopeAddresses addresses = EnvelopeAddresses.of(header, given);
    Envelope.Builder envelope = Envelope.builder().tag(new MailFile(path, messageId(header)));
    addresses.recipients().forEach(recipient -> envelope.to(recipient, parameters));
    if (addresses.reversePath() == null) {
      envelope.nullReversePath();
    } else {
      envelope.from(addresses.reversePath());
    }
    return envelope.body(body(path, start, whole, header)).build();
  }

  private static MessageBody body(Path path, byte[] start, boolean whole, HeaderBlock header)
      throws IOException {
    if (!header.hasBlindCopies()) {
      return whole ? MessageBody.bytes(start) : MessageBody.file(path);
    }
    byte[] sent = header.withoutBlindCopies();
    if (whole) {
      return MessageBody.bytes(sent);
    }
    // What follows the header is read again from the file when it is needed.
    int bodyRead = start.length - header.length();
    byte[] sentHeader = Arrays.copyOf(sent, sent.length - bodyRead);
    return FileTail.after(sentHeader, path, header.length());
  }

  private static @Nullable String messageId(HeaderBlock header) {
    for (HeaderField field : header.fields()) {
      if (field.name().equals("message-id") && !field.body().isEmpty()) {
        return field.body();
      }
    }
    return null;
  }
}
