package io.github.reactivesmtp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets, as users should have them. */
final class Secrets {

  private Secrets() {}

  /** Written anew, and readable for its owner only. */
  static Path write(Path folder, String secret) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), secret + "\nnot this\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
