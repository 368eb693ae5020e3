package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What RCPT says after the forward-path (RFC 5321 §4.1.1.11). Immutable; holds its octets, so
 * writing it is one copy. Equal are parameters that are the same on the wire.
 */
public final class RcptParameters {

  private static final Set<String> TYPED = Set.of("NOTIFY", "ORCPT");

  /** No parameters. */
  public static final RcptParameters NONE = new RcptParameters(new Builder());

  private final Set<Notify> notify;
  private final @Nullable OriginalRecipient orcpt;
  private final Map<String, String> other;
  private final byte[] wire;

  private RcptParameters(Builder builder) {
    notify =
        builder.notify.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(builder.notify));
    orcpt = builder.orcpt;
    other =
        builder.other.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(builder.other));
    wire = encode();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these parameters. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.notify = notify;
    builder.orcpt = orcpt;
    builder.other.putAll(other);
    return builder;
  }

  /** NOTIFY (RFC 3461 §4.1); empty if absent, which leaves it to the server. Unmodifiable. */
  public Set<Notify> notifyOn() {
    return notify;
  }

  /** ORCPT (RFC 3461 §4.2), null if absent. */
  public @Nullable OriginalRecipient orcpt() {
    return orcpt;
  }

  /**
   * The parameters that have no method of their own: upper-case keyword to value as on the wire,
   * empty if there is none. Unmodifiable, in the order they were added.
   */
  public Map<String, String> other() {
    return other;
  }

  /** The octets that {@link #writeTo} writes. */
  public int encodedLength() {
    return wire.length;
  }

  /**
   * Writes the parameters, a space before each, relative; does not allocate.
   *
   * @throws java.nio.BufferOverflowException if there is too little room; nothing was written then
   */
  public void writeTo(ByteBuffer out) {
    out.put(wire);
  }

  private byte[] encode() {
    StringBuilder text = new StringBuilder();
    char separator = '=';
    for (Notify event : notify) {
      text.append(separator == '=' ? " NOTIFY=" : ",").append(event);
      separator = ',';
    }
    if (orcpt != null) {
      text.append(" ORCPT=").append(orcpt);
    }
    ParameterSyntax.append(text, other);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RcptParameters that && Arrays.equals(wire, that.wire);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(wire);
  }

  /** The parameters as on the wire, with a space before each. */
  @Override
  public String toString() {
    return new String(wire, StandardCharsets.UTF_8);
  }

  /** Collects parameters; a later call of the same method replaces the earlier one. */
  public static final class Builder {

    private Set<Notify> notify = Set.of();
    private @Nullable OriginalRecipient orcpt;
    private final Map<String, String> other = new LinkedHashMap<>();

    private Builder() {}

    /**
     * An empty set removes it.
     *
     * @throws SmtpSyntaxException if {@link Notify#NEVER} does not stand alone
     */
    public Builder notify(Set<Notify> events) {
      if (events.size() > 1 && events.contains(Notify.NEVER)) {
        throw new SmtpSyntaxException("NOTIFY=NEVER does not stand alone: " + events);
      }
      notify = Set.copyOf(events);
      return this;
    }

    /**
     * Sets the original recipient, not encoded.
     *
     * @throws SmtpSyntaxException see {@link OriginalRecipient}
     */
    public Builder orcpt(String addressType, String address) {
      return orcpt(new OriginalRecipient(addressType, address));
    }

    /** Null removes it. */
    public Builder orcpt(@Nullable OriginalRecipient recipient) {
      orcpt = recipient;
      return this;
    }

    /**
     * Sets a parameter that has no method of its own.
     *
     * @param value as on the wire, null for none
     * @throws SmtpSyntaxException if the keyword or value is not allowed, or the keyword has a
     *     method of its own
     */
    public Builder other(String keyword, @Nullable String value) {
      ParameterSyntax.putOther(other, TYPED, keyword, value);
      return this;
    }

    public RcptParameters build() {
      return new RcptParameters(this);
    }
  }
}
