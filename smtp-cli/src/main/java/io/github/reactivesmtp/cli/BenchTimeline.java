package io.github.reactivesmtp.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * How a load got on: counts at points in time, at most some hundred of them however long it takes.
 * Thread-safe.
 */
final class BenchTimeline {

  /**
   * What had come until then.
   *
   * @param nanos since the beginning
   */
  record Point(long nanos, long accepted, long errors) {}

  /** Enough for a plot. */
  static final int MOST = 400;

  private final List<Point> points = new ArrayList<>(List.of(new Point(0, 0, 0)));

  /** How far apart points are; nearer ones are left out. */
  private long interval;

  /** How much too early a point may be: timers are not exact. */
  private final long tolerance;

  /**
   * @param tickNanos how often points are added
   */
  BenchTimeline(long tickNanos) {
    interval = tickNanos;
    tolerance = tickNanos / 2;
  }

  synchronized void add(Point point) {
    if (point.nanos() - last().nanos() < interval - tolerance) {
      return;
    }
    points.add(point);
    if (points.size() > MOST) {
      interval *= 2;
      for (int i = points.size() - 2; i > 0; i -= 2) {
        points.remove(i);
      }
    }
  }

  /** The end, which is never left out. */
  synchronized void end(Point point) {
    if (points.size() > 1 && point.nanos() - last().nanos() < interval / 2) {
      points.remove(points.size() - 1);
    }
    points.add(point);
  }

  private Point last() {
    return points.get(points.size() - 1);
  }

  synchronized List<Point> points() {
    return List.copyOf(points);
  }
}
