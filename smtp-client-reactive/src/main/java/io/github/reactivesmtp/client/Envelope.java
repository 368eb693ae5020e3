package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.RcptParameters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message and where it goes: one SMTP transaction, or several if the server takes fewer
 * recipients at once (RFC 5321 §4.5.3.1.10, RFC 9422). Immutable.
 */
public final class Envelope {

  private final @Nullable MailAddress reversePath;
  private final MailParameters mailParameters;
  private final List<Recipient> recipients;
  private final MessageBody body;
  private final @Nullable Object tag;

  private Envelope(Builder builder, MessageBody body) {
    this.reversePath = builder.reversePath;
    this.mailParameters = builder.mailParameters;
    this.recipients = List.copyOf(builder.recipients.values());
    this.body = body;
    this.tag = builder.tag;
  }

  /** A builder; the reverse-path, a recipient and the body must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where notices of failure go; null for the null reverse-path {@code <>}. */
  public @Nullable MailAddress reversePath() {
    return reversePath;
  }

  /** What is asked in MAIL beyond what the client adds itself (SIZE, BODY, SMTPUTF8). */
  public MailParameters mailParameters() {
    return mailParameters;
  }

  /** The recipients in the order given, each once; at least one. */
  public List<Recipient> recipients() {
    return recipients;
  }

  /** The message itself. */
  public MessageBody body() {
    return body;
  }

  /** Whatever the caller wants to find again in the result; null if nothing was given. */
  public @Nullable Object tag() {
    return tag;
  }

  /** Short, without the body. */
  @Override
  public String toString() {
    String from = reversePath == null ? "" : reversePath.toString();
    String more = recipients.size() > 1 ? " and " + (recipients.size() - 1) + " more" : "";
    return "<" + from + "> to <" + recipients.get(0).address() + ">" + more;
  }

  /** Builds an {@link Envelope}. Addresses that are none throw {@code SmtpSyntaxException}. */
  public static final class Builder {

    private @Nullable MailAddress reversePath;
    private boolean reversePathGiven;
    private MailParameters mailParameters = MailParameters.NONE;
    private final Map<MailAddress, Recipient> recipients = new LinkedHashMap<>();
    private @Nullable MessageBody body;
    private @Nullable Object tag;

    private Builder() {}

    /** The reverse-path, such as {@code news@example.com}. */
    public Builder from(String address) {
      return from(MailAddress.parse(address));
    }

    /** The reverse-path. */
    public Builder from(MailAddress address) {
      reversePath = address;
      reversePathGiven = true;
      return this;
    }

    /**
     * The null reverse-path {@code <>}, for notices that must not be answered (RFC 5321 §4.5.5).
     */
    public Builder nullReversePath() {
      reversePath = null;
      reversePathGiven = true;
      return this;
    }

    /**
     * Adds recipients. One already there (the domain's case does not matter) is not added again.
     */
    public Builder to(String... addresses) {
      for (String address : addresses) {
        to(MailAddress.parse(address), RcptParameters.NONE);
      }
      return this;
    }

    /** Adds recipients. */
    public Builder to(Collection<MailAddress> addresses) {
      addresses.forEach(address -> to(address, RcptParameters.NONE));
      return this;
    }

    /**
     * Adds a recipient with its parameters, for which {@link #mailParameters} holds as well; the
     * first of two alike stays.
     */
    public Builder to(MailAddress address, RcptParameters parameters) {
      recipients.putIfAbsent(address, new Recipient(address, parameters));
      return this;
    }

    /**
     * What to ask in MAIL. A parameter is said only to a server that offers its extension; to
     * another the envelope is not sent ({@link MessageRefusedException}), unless {@link
     * SmtpClient.Builder#preferExtension} lets it go without. Parameters given by {@code other} are
     * sent as they are, whatever the server offers.
     */
    public Builder mailParameters(MailParameters parameters) {
      mailParameters = parameters;
      return this;
    }

    /** The message. */
    public Builder body(MessageBody message) {
      body = message;
      return this;
    }

    /** The caller's own mark, handed back in the result. */
    public Builder tag(@Nullable Object mark) {
      tag = mark;
      return this;
    }

    /**
     * The envelope.
     *
     * @throws IllegalStateException if the reverse-path, the recipients or the body is missing
     */
    public Envelope build() {
      if (!reversePathGiven) {
        throw new IllegalStateException(
            "An envelope needs a reverse-path: call from(address), or nullReversePath() for <>.");
      }
      if (recipients.isEmpty()) {
        throw new IllegalStateException("An envelope needs a recipient: call to(address).");
      }
      if (body == null) {
        throw new IllegalStateException("An envelope needs a message: call body(...).");
      }
      return new Envelope(this, body);
    }
  }
}
