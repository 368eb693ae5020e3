package io.github.reactivesmtp.cli;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON that is one line to everybody who reads it, and steers no terminal: beyond what JSON asks
 * for, DEL, the controls beyond ASCII, Unicode's line ends and what turns text around are escaped.
 */
final class LineEscapes extends CharacterEscapes {

  private static final long serialVersionUID = 1L;
  private static final int DEL = 0x7F;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DEL] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    return !Character.isSurrogate((char) c) && TextLine.steers(c)
        ? new SerializedString(String.format(Locale.ROOT, "\\u%04X", c))
        : null;
  }
}
