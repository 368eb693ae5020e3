package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The server's side of one SASL exchange (RFC 4422). Used once, by one thread at a time. */
public interface ServerMechanism {

  /**
   * What the server says next. Not to be called again after anything but a {@link Challenge}.
   *
   * @param response what the client said, decoded; null at the beginning if it said nothing
   */
  Step next(byte @Nullable [] response);

  /** What a server says. */
  sealed interface Step {}

  /**
   * Asks on.
   *
   * @param octets not encoded; perhaps none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Challenge(byte[] octets) implements Step {

    static final Challenge EMPTY = of("");

    static Challenge of(String text) {
      return new Challenge(text.getBytes(UTF_8));
    }
  }

  /**
   * The client is who it says it is.
   *
   * @param user null if nobody asked
   */
  record Accepted(@Nullable String user) implements Step {}

  /** The end, without success. */
  enum Refused implements Step {
    CREDENTIALS,
    /** The client spoke first where the server does (RFC 4954 §4). */
    INITIAL_RESPONSE
  }
}
