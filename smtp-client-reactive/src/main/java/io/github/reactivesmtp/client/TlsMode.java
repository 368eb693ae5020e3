package io.github.reactivesmtp.client;

/** Whether and how a connection is encrypted. */
public enum TlsMode {
  /** Plain SMTP: everything crosses the network readable and alterable by anyone on the way. */
  NONE
}
