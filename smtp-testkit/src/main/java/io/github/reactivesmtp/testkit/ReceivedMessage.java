package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.SmtpCommand;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message the server accepted, with its envelope.
 *
 * @param connection the number of the connection it came over; the server's first is 1
 * @param reversePath null for the null reverse-path {@code <>}
 * @param recipients those accepted, in order
 * @param content as it was before transfer: dots taken away again; not copied, so not to be changed
 * @param chunked whether it came by BDAT
 * @param encrypted whether it came over TLS
 * @param authenticatedAs the user of a successful AUTH; null if there was none, or if the server
 *     knows no users and believed everybody
 * @param clientCertificate what the client identified itself by in TLS; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by the octets, below
public record ReceivedMessage(
    int connection,
    @Nullable MailAddress reversePath,
    MailParameters parameters,
    List<SmtpCommand.Rcpt> recipients,
    byte[] content,
    boolean chunked,
    boolean encrypted,
    @Nullable String authenticatedAs,
    @Nullable X509Certificate clientCertificate) {

  public ReceivedMessage {
    recipients = List.copyOf(recipients);
  }

  /** A copy of the content. */
  @Override
  public byte[] content() {
    return content.clone();
  }

  /** A read-only view of the content, which costs no copy. */
  public ByteBuffer contentBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /** Octets of content. */
  public int size() {
    return content.length;
  }

  /** The content read as UTF-8. */
  public String text() {
    return new String(content, UTF_8);
  }

  /** For sinks of this package, which do not change it: the content itself. */
  byte[] octets() {
    return content;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReceivedMessage that
        && connection == that.connection
        && chunked == that.chunked
        && encrypted == that.encrypted
        && Objects.equals(reversePath, that.reversePath)
        && parameters.equals(that.parameters)
        && recipients.equals(that.recipients)
        && Arrays.equals(content, that.content)
        && Objects.equals(authenticatedAs, that.authenticatedAs)
        && Objects.equals(clientCertificate, that.clientCertificate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(connection, reversePath, recipients, Arrays.hashCode(content));
  }

  /** Envelope and size on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append('C').append(connection).append(": <");
    text.append(reversePath == null ? "" : reversePath).append("> to");
    for (SmtpCommand.Rcpt recipient : recipients) {
      text.append(" <").append(recipient.forwardPath()).append('>');
    }
    return text.append(", ").append(content.length).append(" octets").toString();
  }
}
