package io.github.reactivesmtp.cli;

/** Text from anywhere made fit for a page. */
final class Html {

  private static final int LIMIT = 10_000;

  private Html() {}

  /** In one line, with control characters made visible and nothing left that HTML would read. */
  static String escape(String text) {
    return TextLine.of(text, LIMIT)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
