package io.github.reactivesmtp.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text from elsewhere (servers, files, exceptions) made fit for one line of a terminal. */
final class TextLine {

  private static final int LIMIT = 1000;

  private TextLine() {}

  /** The text in one line, control characters escaped, cut after 1,000 characters. */
  static String of(String text) {
    return of(text, LIMIT);
  }

  /** As {@link #of(String)}, cut after another number of characters. */
  static String of(String text, int limit) {
    StringBuilder line = new StringBuilder();
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (line.length() >= limit) {
        return line.append("...").toString();
      }
      if (c == '\r' || c == '\n') {
        // Messages of several lines become one.
        if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
          line.append(' ');
        }
      } else if (steers(c)) {
        line.append(String.format(Locale.ROOT, c < 256 ? "\\x%02X" : "\\u%04X", c));
      } else {
        line.appendCodePoint(c);
      }
    }
    return line.toString().strip();
  }

  /** Whether a character could move a terminal's cursor, colour it, or turn the text around. */
  static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Why a file could not be used; what the JDK throws often says no more than its name. */
  static String reason(IOException error) {
    if (error instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (error instanceof AccessDeniedException) {
      return "this user may not";
    }
    if (error instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return of(error);
  }

  /** What an exception says, with its type where the message alone tells nothing. */
  static String of(Throwable error) {
    @Nullable String message = error.getMessage();
    if (message == null || message.isBlank()) {
      @Nullable Throwable cause = error.getCause();
      return cause != null && cause != error ? of(cause) : error.getClass().getSimpleName();
    }
    return of(message);
  }

  /** As {@link #of(Throwable)}, with a full stop, so that another sentence can follow. */
  static String sentence(Throwable error) {
    String text = of(error);
    return text.endsWith(".") ? text : text + ".";
  }
}
