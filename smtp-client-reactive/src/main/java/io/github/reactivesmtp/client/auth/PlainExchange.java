package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

/** PLAIN (RFC 4616), on behalf of oneself. */
final class PlainExchange implements SaslExchange {

  private final byte[] message;

  PlainExchange(String user, String password) {
    this.message = ("\0" + user + "\0" + password).getBytes(UTF_8);
  }

  @Override
  public byte[] initialResponse() {
    return message;
  }
}
