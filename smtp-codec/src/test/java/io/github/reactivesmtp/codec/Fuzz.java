package io.github.reactivesmtp.codec;

/** What fuzz tests ask of texts, fast enough to be asked a million times. */
final class Fuzz {

  private Fuzz() {}

  /** Whether a text could forge a line of a log or steer a terminal. */
  static boolean hasControls(String text) {
    return text.codePoints()
        .anyMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      true;
                  default -> false;
                });
  }
}
