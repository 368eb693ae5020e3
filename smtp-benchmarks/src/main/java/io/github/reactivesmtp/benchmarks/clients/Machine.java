package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the figures were made on.
 *
 * @param processor its name, where the system tells it
 * @param load the system's load average over a minute, before; below 0 if not told
 */
record Machine(int cores, String processor, String java, String system, double load) {

  static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processorName() {
    try {
      return processorName(Files.readAllLines(Path.of("/proc/cpuinfo")));
    } catch (IOException notLinux) {
      return "processor not known";
    }
  }

  static String processorName(List<String> cpuinfo) {
    return cpuinfo.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("processor not known");
  }

  /** All of it on one line. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %s, %s, load average at the start %.1f",
        cores,
        processor,
        system,
        java,
        load);
  }
}
