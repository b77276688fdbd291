package io.purlin.nativerunner.metrics;

/**
 * How much of what there is to read has been read, counted in splits. Immutable.
 *
 * @param done splits that were read, and of those that are being read the parts that were; from 0
 *     to {@code total}
 * @param total all splits; negative when nobody knows how much there is
 */
public record Consumed(double done, double total) {
  /** Of what has nothing that is worth counting. */
  public static final Consumed NOTHING = new Consumed(0, 0);

  /** Of what does not know how much there is. */
  public static final Consumed UNKNOWN = new Consumed(0, -1);

  /** Both together; not known when one of them is not. */
  public Consumed plus(Consumed other) {
    return total < 0 || other.total < 0
        ? UNKNOWN
        : new Consumed(done + other.done, total + other.total);
  }

  /** From 0 to 1; negative when it is not known, or there is nothing to read. */
  public double fraction() {
    return total > 0 ? part() : -1;
  }

  /**
   * The part that is read where others read what this tells them to: the next ones know only of
   * what has come to them so far. From 0 to 1; negative when it is not known, or there is nothing.
   */
  public double fractionThrough(Consumed next) {
    return total < 0 || next.total < 0 || total + next.total == 0 ? -1 : part() * next.part();
  }

  private double part() {
    return total > 0 ? Math.min(1, done / total) : 1;
  }
}
