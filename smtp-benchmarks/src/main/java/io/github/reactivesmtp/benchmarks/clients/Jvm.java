package io.github.reactivesmtp.benchmarks.clients;

import java.nio.file.Path;

/** The Java that runs this, for those it starts. */
final class Jvm {

  private Jvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
