package io.github.reactivesmtp.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with a password or a token in its first line.
 *
 * @param option that named it
 */
record SecretFile(String option, Path path) {

  /**
   * The secret; blocks.
   *
   * @throws CliException if the file cannot be read, or its first line is empty
   */
  String read() {
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      @Nullable String first = lines.readLine();
      if (first == null || first.isEmpty()) {
        throw CliException.usage(
            option + " " + path + ": its first line is empty, and should be the secret");
      }
      return first;
    } catch (IOException e) {
      throw CliException.usage(option + " " + path + " cannot be read: " + TextLine.reason(e), e);
    }
  }

  /** Says so if the file is not for its owner only, as far as the file system can tell. */
  void warnIfOthersCanRead(PrintStream err) {
    try {
      @Nullable PosixFileAttributeView view =
          Files.getFileAttributeView(path, PosixFileAttributeView.class);
      if (view == null) {
        return;
      }
      Set<PosixFilePermission> allowed = view.readAttributes().permissions();
      if (allowed.contains(PosixFilePermission.GROUP_READ)
          || allowed.contains(PosixFilePermission.OTHERS_READ)) {
        err.printf("smtp: warning: others can read %s, which holds a secret; chmod 600 it%n", path);
      }
    } catch (IOException e) {
      // Reading it says what is wrong.
    }
  }
}
