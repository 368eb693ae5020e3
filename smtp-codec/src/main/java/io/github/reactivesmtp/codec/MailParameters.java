package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What MAIL says after the reverse-path (RFC 5321 §4.1.1.11). Immutable; holds its octets, so
 * writing it is one copy. Equal are parameters that are the same on the wire.
 */
public final class MailParameters {

  private static final Set<String> TYPED =
      Set.of(
          "SIZE",
          "BODY",
          "SMTPUTF8",
          "RET",
          "ENVID",
          "AUTH",
          "REQUIRETLS",
          "BY",
          "MT-PRIORITY",
          "HOLDFOR",
          "HOLDUNTIL");
  private static final byte[] SIZE = " SIZE=".getBytes(StandardCharsets.US_ASCII);
  private static final long MAX_HOLD_SECONDS = 999_999_999;
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  /** No parameters. */
  public static final MailParameters NONE = new MailParameters(new Builder());

  private final OptionalLong size;
  private final @Nullable BodyType body;
  private final boolean smtpUtf8;
  private final @Nullable Ret ret;
  private final @Nullable String envid;
  private final @Nullable MailAddress auth;
  private final boolean authUnknown;
  private final boolean requireTls;
  private final @Nullable DeliverBy by;
  private final OptionalInt mtPriority;
  private final OptionalLong holdFor;
  private final @Nullable Instant holdUntil;
  private final Map<String, String> other;
  private final byte[] wire;

  private MailParameters(Builder builder) {
    size = builder.size;
    body = builder.body;
    smtpUtf8 = builder.smtpUtf8;
    ret = builder.ret;
    envid = builder.envid;
    auth = builder.auth;
    authUnknown = builder.authUnknown;
    requireTls = builder.requireTls;
    by = builder.by;
    mtPriority = builder.mtPriority;
    holdFor = builder.holdFor;
    holdUntil = builder.holdUntil;
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
    builder.size = size;
    builder.body = body;
    builder.smtpUtf8 = smtpUtf8;
    builder.ret = ret;
    builder.envid = envid;
    builder.auth = auth;
    builder.authUnknown = authUnknown;
    builder.requireTls = requireTls;
    builder.by = by;
    builder.mtPriority = mtPriority;
    builder.holdFor = holdFor;
    builder.holdUntil = holdUntil;
    builder.other = other.isEmpty() ? Map.of() : new LinkedHashMap<>(other);
    return builder;
  }

  /** SIZE: octets of the content without stuffed dots (RFC 1870 §5). */
  public OptionalLong size() {
    return size;
  }

  /** BODY, null if absent, which means 7BIT (RFC 6152, RFC 3030). */
  public @Nullable BodyType body() {
    return body;
  }

  /** SMTPUTF8: addresses or headers may have characters beyond ASCII (RFC 6531). */
  public boolean smtpUtf8() {
    return smtpUtf8;
  }

  /** RET (RFC 3461 §4.3), null if absent. */
  public @Nullable Ret ret() {
    return ret;
  }

  /** ENVID, decoded (RFC 3461 §4.4), null if absent. */
  public @Nullable String envid() {
    return envid;
  }

  /** AUTH: who submitted the message (RFC 4954 §5); null if absent or {@link #authUnknown}. */
  public @Nullable MailAddress auth() {
    return auth;
  }

  /** Whether it is {@code AUTH=<>}: who submitted the message is not known (RFC 4954 §5). */
  public boolean authUnknown() {
    return authUnknown;
  }

  /** REQUIRETLS: relay with TLS or not at all (RFC 8689). */
  public boolean requireTls() {
    return requireTls;
  }

  /** BY: the time by which to deliver (RFC 2852), null if absent. */
  public @Nullable DeliverBy by() {
    return by;
  }

  /** MT-PRIORITY, -9 to 9 (RFC 6710). */
  public OptionalInt mtPriority() {
    return mtPriority;
  }

  /** HOLDFOR: seconds to wait before relaying (RFC 4865). */
  public OptionalLong holdFor() {
    return holdFor;
  }

  /** HOLDUNTIL: when to relay, in whole seconds (RFC 4865), null if absent. */
  public @Nullable Instant holdUntil() {
    return holdUntil;
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
    if (isSizeAlone()) {
      return encodedSize(); // as of most messages
    }
    StringBuilder text = new StringBuilder(48);
    size.ifPresent(octets -> text.append(" SIZE=").append(octets));
    if (body != null) {
      text.append(" BODY=").append(body.keyword());
    }
    if (smtpUtf8) {
      text.append(" SMTPUTF8");
    }
    if (ret != null) {
      text.append(" RET=").append(ret);
    }
    if (envid != null) {
      text.append(" ENVID=").append(Xtext.encode(envid));
    }
    if (auth != null) {
      text.append(" AUTH=").append(Xtext.encode(auth.toString()));
    } else if (authUnknown) {
      text.append(" AUTH=<>");
    }
    if (requireTls) {
      text.append(" REQUIRETLS");
    }
    if (by != null) {
      text.append(" BY=").append(by);
    }
    mtPriority.ifPresent(priority -> text.append(" MT-PRIORITY=").append(priority));
    holdFor.ifPresent(seconds -> text.append(" HOLDFOR=").append(seconds));
    if (holdUntil != null) {
      text.append(" HOLDUNTIL=").append(holdUntil);
    }
    ParameterSyntax.append(text, other);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private boolean isSizeAlone() {
    return size.isPresent()
        && body == null
        && !smtpUtf8
        && ret == null
        && envid == null
        && auth == null
        && !authUnknown
        && !requireTls
        && by == null
        && mtPriority.isEmpty()
        && holdFor.isEmpty()
        && holdUntil == null
        && other.isEmpty();
  }

  private byte[] encodedSize() {
    long octets = size.orElseThrow();
    ByteBuffer text = ByteBuffer.allocate(SIZE.length + WireText.decimalLength(octets));
    WireText.putDecimal(text.put(SIZE), octets);
    return text.array();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MailParameters that && Arrays.equals(wire, that.wire);
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

    private OptionalLong size = OptionalLong.empty();
    private @Nullable BodyType body;
    private boolean smtpUtf8;
    private @Nullable Ret ret;
    private @Nullable String envid;
    private @Nullable MailAddress auth;
    private boolean authUnknown;
    private boolean requireTls;
    private @Nullable DeliverBy by;
    private OptionalInt mtPriority = OptionalInt.empty();
    private OptionalLong holdFor = OptionalLong.empty();
    private @Nullable Instant holdUntil;
    private Map<String, String> other = Map.of();

    private Builder() {}

    /**
     * Sets the octets of the content, before dots are stuffed.
     *
     * @throws SmtpSyntaxException if negative
     */
    public Builder size(long octets) {
      if (octets < 0) {
        throw new SmtpSyntaxException("negative SIZE: " + octets);
      }
      size = OptionalLong.of(octets);
      return this;
    }

    /** Sets the octets of the content, or removes SIZE. */
    public Builder size(OptionalLong octets) {
      size = OptionalLong.empty();
      octets.ifPresent(this::size);
      return this;
    }

    /** Null removes it. */
    public Builder body(@Nullable BodyType type) {
      body = type;
      return this;
    }

    public Builder smtpUtf8(boolean needed) {
      smtpUtf8 = needed;
      return this;
    }

    /** Null removes it. */
    public Builder ret(@Nullable Ret what) {
      ret = what;
      return this;
    }

    /**
     * Sets the envelope identifier, not encoded; null removes it.
     *
     * @throws SmtpSyntaxException if it is empty, has other characters than printable ASCII and
     *     inner spaces, or takes more than {@value CodecLimits#ENVID} octets encoded
     */
    public Builder envid(@Nullable String decoded) {
      if (decoded != null) {
        WireText.requireText("ENVID", decoded);
        if (WireText.utf8Length(decoded) != decoded.length()) {
          throw WireText.illegal("ENVID beyond ASCII", decoded);
        }
        if (Xtext.encode(decoded).length() > CodecLimits.ENVID) {
          throw WireText.illegal("ENVID longer than " + CodecLimits.ENVID + " octets", decoded);
        }
      }
      envid = decoded;
      return this;
    }

    /**
     * Null removes AUTH, whether it was an address or unknown.
     *
     * @throws SmtpSyntaxException if the address has no domain
     */
    public Builder auth(@Nullable MailAddress submitter) {
      if (submitter != null && submitter.domain().isEmpty()) {
        throw WireText.illegal("AUTH without a domain", submitter.localPart());
      }
      auth = submitter;
      authUnknown = false;
      return this;
    }

    /** {@code AUTH=<>}. */
    public Builder authUnknown() {
      auth = null;
      authUnknown = true;
      return this;
    }

    public Builder requireTls(boolean required) {
      requireTls = required;
      return this;
    }

    /** Null removes it. */
    public Builder by(@Nullable DeliverBy deadline) {
      by = deadline;
      return this;
    }

    /**
     * Sets the priority.
     *
     * @throws SmtpSyntaxException if not within -9 to 9
     */
    public Builder mtPriority(int priority) {
      if (priority < -9 || priority > 9) {
        throw new SmtpSyntaxException("MT-PRIORITY not within -9 to 9: " + priority);
      }
      mtPriority = OptionalInt.of(priority);
      return this;
    }

    /** Sets the priority, or removes it. */
    public Builder mtPriority(OptionalInt priority) {
      mtPriority = OptionalInt.empty();
      priority.ifPresent(this::mtPriority);
      return this;
    }

    /**
     * Replaces {@link #holdUntil}: a message has one release time (RFC 4865 §4.1).
     *
     * @throws SmtpSyntaxException if not within 1 to 999999999
     */
    public Builder holdFor(long seconds) {
      if (seconds < 1 || seconds > MAX_HOLD_SECONDS) {
        throw new SmtpSyntaxException("HOLDFOR out of range: " + seconds);
      }
      holdFor = OptionalLong.of(seconds);
      holdUntil = null;
      return this;
    }

    /**
     * Replaces {@link #holdFor}; parts of a second are dropped.
     *
     * @throws SmtpSyntaxException if not within the years 0 to 9999
     */
    public Builder holdUntil(Instant time) {
      try {
        Instant seconds = time.truncatedTo(ChronoUnit.SECONDS);
        if (!seconds.isBefore(YEAR_10000) || seconds.toString().startsWith("-")) {
          throw new SmtpSyntaxException("HOLDUNTIL out of range: " + time);
        }
        holdUntil = seconds;
      } catch (DateTimeException e) {
        SmtpSyntaxException failure = new SmtpSyntaxException("HOLDUNTIL out of range");
        failure.initCause(e);
        throw failure;
      }
      holdFor = OptionalLong.empty();
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
      other = new LinkedHashMap<>(other);
      ParameterSyntax.putOther(other, TYPED, keyword, value);
      return this;
    }

    public MailParameters build() {
      return new MailParameters(this);
    }
  }
}
