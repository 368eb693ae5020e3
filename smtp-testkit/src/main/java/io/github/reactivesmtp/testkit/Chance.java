package io.github.reactivesmtp.testkit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether something happens, by chance but reproducibly: which draws hit is decided by the seed
 * alone. Which event gets which draw depends on how the connections' threads take turns. Counts,
 * and may be shared by rules, which then draw from one series. Thread-safe.
 */
public final class Chance {

  /** Of SplitMix64: odd, and its multiples are spread evenly. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final double probability;
  private final long seed;
  private final AtomicLong draws = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();

  private Chance(double probability, long seed) {
    this.probability = probability;
    this.seed = seed;
  }

  /**
   * A series of draws.
   *
   * @param probability of a hit, 0 to 1
   */
  public static Chance of(double probability, long seed) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is 0 to 1: " + probability);
    }
    return new Chance(probability, seed);
  }

  boolean draw() {
    long random = mix(seed + draws.incrementAndGet() * STEP);
    boolean hit = (random >>> 11) * 0x1p-53 < probability;
    if (hit) {
      hits.incrementAndGet();
    }
    return hit;
  }

  /** How often it was asked. */
  public long draws() {
    return draws.get();
  }

  /** How often it happened. */
  public long hits() {
    return hits.get();
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
