package io.purlin.nativerunner.job;

import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a job that failed starts again. Its kinds and their meaning are Flink's.
 * Used by one thread; all times are milliseconds of one clock.
 *
 * <p>Whatever the kind, a failure that comes back {@link #SAME_FAILURES} times in a row with no
 * checkpoint between them ends the job: nothing that starting again could change. A checkpoint that
 * holds no element more than the one the job started from does not count: it may be committed
 * before the sources have read what always fails.
 */
public final class RestartStrategy {
  /** How often the same failure may come in a row before it is final. */
  static final int SAME_FAILURES = 4;

  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6,}");

  /** What decides about the next start. */
  public enum Kind {
    /** The first failure is final. */
    NONE,
    /** A number of starts, each after the same delay. */
    FIXED_DELAY,
    /** Delays that grow by a factor, and begin anew after a time without failure. */
    EXPONENTIAL_DELAY,
    /** As long as there are not too many failures within a time. */
    FAILURE_RATE
  }

  /**
   * The numbers of a strategy.
   *
   * @param kind which of the others count
   * @param attempts starts after a failure (fixed delay), or failures within the interval that are
   *     allowed (failure rate); at least 1
   * @param delayMillis delay, or first delay where it grows; at least 0
   * @param maxDelayMillis the longest delay (exponential)
   * @param multiplier by which the delay grows (exponential), above 1
   * @param intervalMillis the time in which failures count (failure rate), or after which the delay
   *     begins anew (exponential)
   */
  public record Settings(
      Kind kind,
      int attempts,
      long delayMillis,
      long maxDelayMillis,
      double multiplier,
      long intervalMillis) {
    /** The first failure is final. */
    public static final Settings NONE = new Settings(Kind.NONE, 1, 0, 0, 2, 0);
  }

  private final Settings settings;
  private final ArrayDeque<Long> failures = new ArrayDeque<>();
  private int starts;
  private long nextDelay;
  private long lastFailure = Long.MIN_VALUE;
  private @Nullable String sameFailure;
  private @Nullable Throwable firstCause;
  private int sameCount;

  /** A strategy that has seen no failure yet. */
  public RestartStrategy(Settings settings) {
    this.settings = settings;
    this.nextDelay = settings.delayMillis();
  }

  /**
   * The job has failed.
   *
   * @return after how many milliseconds it starts again; empty: it does not
   */
  public OptionalLong onFailure(Throwable cause, long nowMillis) {
    String failure = describe(cause);
    long since = nowMillis - lastFailure;
    boolean first = lastFailure == Long.MIN_VALUE;
    lastFailure = nowMillis;
    if (failure.equals(sameFailure) && firstCause != null) {
      sameCount++;
    } else {
      sameCount = 1;
      firstCause = cause;
    }
    sameFailure = failure;
    if (sameCount >= SAME_FAILURES) {
      return OptionalLong.empty();
    }
    return switch (settings.kind()) {
      case NONE -> OptionalLong.empty();
      case FIXED_DELAY ->
          starts++ < settings.attempts()
              ? OptionalLong.of(settings.delayMillis())
              : OptionalLong.empty();
      case EXPONENTIAL_DELAY ->
          OptionalLong.of(growingDelay(!first && since >= settings.intervalMillis()));
      case FAILURE_RATE -> atRate(nowMillis);
    };
  }

  /**
   * The first of the failures in a row that were the same as the latest: those that follow are its
   * repetitions, whose own circumstances explain less.
   *
   * @throws IllegalStateException when nothing has failed since the last checkpoint
   */
  public Throwable firstCause() {
    Throwable first = firstCause;
    if (first == null) {
      throw new IllegalStateException("nothing has failed");
    }
    return first;
  }

  /**
   * A checkpoint is committed: the job gets on, whatever failed before.
   *
   * @param holdsElements whether elements had been taken in since the start when it began. A job
   *     may do its work without any, by timers alone: it gets on when it has not failed for the
   *     interval.
   */
  public void onCheckpoint(boolean holdsElements, long nowMillis) {
    if (!holdsElements && nowMillis - lastFailure < settings.intervalMillis()) {
      return;
    }
    firstCause = null;
    sameFailure = null;
    sameCount = 0;
  }

  private long growingDelay(boolean anew) {
    if (anew) {
      nextDelay = settings.delayMillis();
    }
    long delay = Math.min(nextDelay, settings.maxDelayMillis());
    nextDelay =
        Math.min(settings.maxDelayMillis(), Math.round(Math.max(1, delay) * settings.multiplier()));
    return delay;
  }

  private OptionalLong atRate(long nowMillis) {
    failures.addLast(nowMillis);
    while (nowMillis - failures.getFirst() >= settings.intervalMillis()) {
      failures.removeFirst();
    }
    return failures.size() > settings.attempts()
        ? OptionalLong.empty()
        : OptionalLong.of(settings.delayMillis());
  }

  /**
   * What failed and where. Long numbers are left out: names of scratch directories, ids and times
   * differ in every attempt of one and the same failure.
   */
  private static String describe(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    String what = LONG_NUMBER.matcher(root.toString()).replaceAll("#");
    return what + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
