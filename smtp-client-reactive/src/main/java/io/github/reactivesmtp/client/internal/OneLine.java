package io.github.reactivesmtp.client.internal;

/** What others wrote, made fit to be shown: it can neither forge a line of a log nor fill it. */
final class OneLine {

  private static final int SHOWN_CHARS = 300;

  private OneLine() {}

  /** What an exception says. */
  static String of(Throwable failure) {
    return of(String.valueOf(failure.getMessage()));
  }

  /** Without what steers a terminal or turns text around, and cut. */
  static String of(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
  }
}
