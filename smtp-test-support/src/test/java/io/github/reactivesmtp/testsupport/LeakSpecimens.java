package io.github.reactivesmtp.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Test classes that leak and that do not: run by {@link LeakGuardTest}, and by nobody else. */
final class LeakSpecimens {

  private LeakSpecimens() {}

  static void leakLeakyBuffer() {
    ByteBufAllocator.DEFAULT.buffer(16).writeLong(1);
  }

  static void leakLeakySlice() {
    ByteBufAllocator.DEFAULT.directBuffer(16).writeLong(1).readRetainedSlice(4).release();
  }

  static void leakLeakyInNested() {
    ByteBufAllocator.DEFAULT.compositeBuffer().touch();
  }

  static class LeakyBuffer {
    @Test
    void leaks() {
      leakLeakyBuffer();
    }
  }

  static class LeakySlice {
    @Test
    void leaks() {
      leakLeakySlice();
    }
  }

  static class LeakyInNested {
    @Nested
    class Inner {
      @Test
      void leaks() {
        leakLeakyInNested();
      }
    }
  }

  static class LeakyHandle {
    record Handle(int number) {}

    static final ResourceLeakDetector<Handle> DETECTOR =
        ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Handle.class);

    @Test
    void leaks() {
      assertThat(DETECTOR.track(new Handle(1))).isNotNull();
    }
  }

  static class Releasing {
    @Test
    void releases() {
      ByteBufAllocator.DEFAULT.buffer(16).writeLong(1).release();
    }
  }

  /** What is still held may be released later. */
  static class Holding {
    static final ByteBuf HELD = ByteBufAllocator.DEFAULT.buffer(16);

    @Test
    void holds() {
      assertThat(HELD.refCnt()).isEqualTo(1);
    }
  }
}
