package io.github.reactivesmtp.benchmarks.clients;

/** Where to send. */
record Endpoint(String host, int port) {

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not HOST:PORT: " + text);
    }
    return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
