package io.github.reactivesmtp.testsupport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Netty's leak detector, asked instead of waited for. By itself it only logs, and only when another
 * buffer is made after the garbage collector came by.
 */
public final class LeakDetection {

  private static final int MAX_COLLECTIONS = 20;
  private static final int LOOKS_PER_COLLECTION = 50;

  private static final List<Detector<?>> DETECTORS = new CopyOnWriteArrayList<>();
  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
  private static int asked;

  private LeakDetection() {}

  /** Must be called before Netty makes its first buffer. A second call changes nothing. */
  public static synchronized void install() {
    if (!(ResourceLeakDetectorFactory.instance() instanceof Factory)) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
      ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
    }
  }

  /**
   * Reports of everything that became garbage unreleased since the last call, each with where it
   * was made and touched last.
   *
   * @throws IllegalStateException if the detector is not at work
   */
  public static synchronized List<String> leaks() {
    // References are handed over one by one, those of one collection before those of the next. So a
    // second leak of our own comes behind everything that was collected together with the first.
    findOwnLeak();
    findOwnLeak();
    List<String> reports = new ArrayList<>();
    for (String report; (report = REPORTS.poll()) != null; ) {
      reports.add(report);
    }
    return reports;
  }

  private static void findOwnLeak() {
    String name = "leak on purpose " + ++asked + ".";
    leak(name);
    for (int collection = 0; collection < MAX_COLLECTIONS; collection++) {
      System.gc();
      for (int look = 0; look < LOOKS_PER_COLLECTION; look++) {
        DETECTORS.forEach(Detector::look);
        if (REPORTS.removeIf(report -> report.contains(name))) {
          return;
        }
        LockSupport.parkNanos(500_000);
      }
    }
    throw new IllegalStateException(
        "Netty's leak detector does not report leaks. Was a buffer made before it was set up?");
  }

  /** A composite without parts: tracked like any buffer, and no memory is lost with it. */
  private static void leak(String name) {
    ByteBufAllocator.DEFAULT.compositeHeapBuffer(1).touch(name);
  }

  private static final class Factory extends ResourceLeakDetectorFactory {

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return register(new Detector<>(resource, samplingInterval));
    }

    @Override
    @Deprecated
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return register(new Detector<>(resource, samplingInterval));
    }

    private static <T> Detector<T> register(Detector<T> detector) {
      DETECTORS.add(detector);
      return detector;
    }
  }

  private static final class Detector<T> extends ResourceLeakDetector<T> {

    private final String resource;

    Detector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
      this.resource = resource.getSimpleName();
    }

    /** Leaks count whatever is logged. */
    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      REPORTS.add(resource + " was not released before it became garbage:" + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      REPORTS.add(resource + " was not released before it became garbage; no trace was kept");
    }

    /** Has itself report: it does when it is given something to track. */
    @SuppressWarnings("unchecked") // what is tracked is never looked into
    void look() {
      T something = (T) new Object();
      ResourceLeakTracker<T> tracker = track(something);
      if (tracker != null) {
        tracker.close(something);
      }
    }
  }
}
