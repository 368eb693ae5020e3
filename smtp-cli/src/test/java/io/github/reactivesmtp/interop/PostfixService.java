package io.github.reactivesmtp.interop;

import io.github.reactivesmtp.client.TlsMode;

/**
 * The ports of {@link PostfixServer}: one smtpd(8) each, and what it does differently.
 *
 * <p>The names with {@code AUTH} take recipients from authenticated users only (554 5.7.1), and
 * need {@link DovecotServer} to authenticate them: without it Postfix hangs up.
 */
public enum PostfixService {

  /** Neither TLS nor AUTH. */
  PLAIN(""),

  /** Like {@link #PLAIN}, without CHUNKING. */
  WITHOUT_CHUNKING("-o smtpd_discard_ehlo_keywords=chunking"),

  /** Like {@link #PLAIN}, with 5 recipients a message (then 452 4.5.3) and SIZE 100000. */
  LIMITED("-o smtpd_recipient_limit=5 -o message_size_limit=100000"),

  /** STARTTLS for who wants it. */
  STARTTLS("-o smtpd_tls_security_level=may"),

  /** 530 5.7.0 to everything that needs TLS until STARTTLS has been given. */
  STARTTLS_REQUIRED("-o smtpd_tls_security_level=encrypt -o smtpd_forbid_unauth_pipelining=no"),

  /** TLS from the first octet on (RFC 8314). */
  IMPLICIT_TLS("-o smtpd_tls_wrappermode=yes"),

  /** STARTTLS, and AUTH offered before it as well as after it. */
  AUTH_IN_CLEAR("-o smtpd_tls_security_level=may AUTH"),

  /** STARTTLS, and AUTH offered only after it; before, AUTH is answered 503 5.5.1. */
  AUTH_AFTER_STARTTLS("-o smtpd_tls_security_level=may -o smtpd_tls_auth_only=yes AUTH"),

  /** TLS from the first octet on, and AUTH: submission as RFC 8314 wants it. */
  AUTH_IMPLICIT_TLS("-o smtpd_tls_wrappermode=yes AUTH");

  private final String overrides;

  PostfixService(String overrides) {
    this.overrides =
        overrides.replace(
            "AUTH",
            "-o smtpd_sasl_auth_enable=yes"
                + " -o smtpd_recipient_restrictions=$authenticated_recipient_restrictions");
  }

  /** How a client that wants to send its mail safely, or at all, connects. */
  TlsMode tlsMode() {
    return switch (this) {
      case PLAIN, WITHOUT_CHUNKING, LIMITED -> TlsMode.NONE;
      case IMPLICIT_TLS, AUTH_IMPLICIT_TLS -> TlsMode.IMPLICIT;
      default -> TlsMode.REQUIRED;
    };
  }

  /** The line of master.cf for this service. */
  String masterLine(int port) {
    return "127.0.0.1:" + port + " inet n - n - - smtpd " + overrides + "\n";
  }
}
