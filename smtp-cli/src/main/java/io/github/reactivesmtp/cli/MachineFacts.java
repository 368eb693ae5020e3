package io.github.reactivesmtp.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** What this process runs on, and what it uses of it. */
final class MachineFacts {

  private MachineFacts() {}

  /** CPU time of this process so far, all threads together, in nanoseconds. */
  static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** The most memory this process had resident, in KiB; null where the system does not tell. */
  static @Nullable Long peakResidentKib() {
    return field(Path.of("/proc/self/status"), "VmHWM")
        .map(value -> Long.valueOf(value.replaceAll("\\D", "")))
        .orElse(null);
  }

  static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Such as "2 × Some CPU 3.0 GHz". */
  static String processor() {
    String model =
        field(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
    return processors() + " × " + TextLine.of(model);
  }

  static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", "
        + System.getProperty("os.arch");
  }

  static String java() {
    return "Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("java.vm.name")
        + ", heap up to "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB";
  }

  /** How sockets are used. */
  static String transport() {
    if (!LoopResources.hasNativeSupport()) {
      return "NIO";
    }
    return System.getProperty("os.name").startsWith("Linux") ? "epoll" : "kqueue";
  }

  private static Optional<String> field(Path file, String name) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // no such file on this system
    }
  }
}
