package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writing is the hot path: it leaves no garbage. Counts octets, takes no time. */
class CommandAllocationTest {

  private static final int ROUNDS = 2000;

  @Test
  void writesWithoutAllocating() throws ReflectiveOperationException {
    SmtpCommand[] commands = CommandFixtures.commands().values().toArray(new SmtpCommand[0]);
    for (ByteBuffer out : List.of(ByteBuffer.allocate(512), ByteBuffer.allocateDirect(512))) {
      write(commands, out);
      allocatedOctets();
      long before = allocatedOctets();
      write(commands, out);
      long after = allocatedOctets();
      // Room for the measurement itself: less than one octet for each command written.
      assertThat(after - before).isLessThan((long) ROUNDS * commands.length);
    }
  }

  /** By reflection, since the codec's module, whose tests these are, reads no management module. */
  private static long allocatedOctets() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
    assumeThat(threads).isInstanceOf(type);
    assumeThat(type.getMethod("isThreadAllocatedMemorySupported").invoke(threads)).isEqualTo(true);
    return (long) type.getMethod("getCurrentThreadAllocatedBytes").invoke(threads);
  }

  private static void write(SmtpCommand[] commands, ByteBuffer out) {
    for (int round = 0; round < ROUNDS; round++) {
      for (SmtpCommand command : commands) {
        command.writeTo(out.clear());
      }
    }
  }
}
