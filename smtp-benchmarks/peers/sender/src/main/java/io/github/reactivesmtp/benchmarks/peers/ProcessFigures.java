package io.github.reactivesmtp.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process has used of its machine. */
final class ProcessFigures {

  private ProcessFigures() {}

  /** CPU time of all threads since the start, in seconds. */
  static double cpuSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** The most memory that was resident at once, in KiB; -1 where the system does not tell. */
  static long peakResidentKib() {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("/proc/self/status"));
    } catch (IOException notLinux) {
      return -1;
    }
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(-1);
  }
}
