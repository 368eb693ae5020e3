package io.github.reactivesmtp.client;

/** Whether and how a connection is encrypted. */
public enum TlsMode {
  /**
   * STARTTLS or nothing (RFC 3207): a server that does not offer or grants it, or whose certificate
   * is not good for its name, gets no mail. For submission on port 587 and for relays. The default.
   */
  REQUIRED,

  /** TLS from the first octet (RFC 8314 §3), the certificate verified. For port 465. */
  IMPLICIT,

  /**
   * STARTTLS where it is offered, whatever the certificate; plain SMTP where it is not (RFC 7435).
   * Keeps out who only listens. Credentials are not sent unless the certificate is good.
   */
  OPPORTUNISTIC,

  /** Plain SMTP: everything crosses the network readable and alterable by anyone on the way. */
  NONE
}
