package io.purlin.sdk.faults;

import java.util.Optional;

/**
 * The moments of a checkpoint's life and of a restart at which a crash is most likely to show a
 * mistake. Each stands in the code where the moment is; {@link #hit} does nothing unless the
 * process was started with {@code -Dpurlin.fault=<code>:<hit>}, such as {@code K09:3} for the third
 * time that the point is reached. Then the process ends at once with exit code 137, as after {@code
 * kill -9}: nothing is flushed, closed or told to anybody.
 *
 * <p>{@code K09:3:after-15} ends it 15 ms later, while the work goes on. {@code K09:3:wait-500}
 * does not end it but holds the thread for 500 ms, in which a test can break something else. Each
 * writes one line to standard error before.
 *
 * <p>Switched off, a point is the test of a constant. Any thread may pass one.
 */
public enum KillPoint {
  /** A barrier has gone into the sources. */
  BARRIER_INJECTED("K01"),
  /** Some operators of a chain have handed in their snapshot, others not. */
  BETWEEN_SNAPSHOTS("K02"),
  /** A task's state is frozen, and nothing of it written. */
  STATE_FROZEN("K03"),
  /** A file of a checkpoint is written in part. */
  FILE_IN_PART("K04"),
  /** A file is written and not yet synced. */
  FILE_UNSYNCED("K05"),
  /** A manifest or note is written under its temporary name and not yet synced. */
  SEAL_WRITTEN("K06"),
  /** A manifest or note is synced and not yet renamed. */
  SEAL_UNNAMED("K07"),
  /** A manifest or note is renamed and its directory not yet synced. */
  SEAL_NAMED("K08"),
  /** The checkpoint is durable and nothing of it committed. */
  PREPARED("K09"),
  /** The commit goes out with the next call; meant to be used with {@code after}. */
  COMMITTING("K10"),
  /** The commit is done, and not noted locally. */
  COMMITTED("K11"),
  /** Sources are being told that a checkpoint is committed. */
  FINALIZING("K12"),
  /** An old checkpoint is deleted in part. */
  DELETING("K13"),
  /** A restart has not yet fenced the run before it. */
  BEFORE_FENCING("K14"),
  /** A restart has fenced the run before it and not yet read what was committed. */
  FENCED("K15"),
  /** State is read back in part. */
  RESTORING("K16"),
  /** All state is back, and no record read. */
  RESTORED("K17"),
  /** State is dealt out to another number of tasks than it was written by, in part. */
  REDISTRIBUTING("K18"),
  /** The job comes to its end: before its last checkpoint, and again after it. */
  STOPPING("K19"),
  /** A failed job waits to be started again. */
  BACKING_OFF("K20");

  /** The system property that arms a point. */
  public static final String PROPERTY = "purlin.fault";

  private final String code;

  KillPoint(String code) {
    this.code = code;
  }

  /** What the property calls it: K01 to K20. */
  public String code() {
    return code;
  }

  /** Ends the process here, if it was started to end here. */
  public void hit() {
    if (Holder.ON) {
      Holder.ARMED.ifPresent(armed -> armed.reached(this));
    }
  }

  /** Apart from the constants, which it needs to understand the property. */
  private static final class Holder {
    static final Optional<ArmedPoint> ARMED =
        Optional.ofNullable(System.getProperty(PROPERTY)).map(ArmedPoint::parse);
    static final boolean ON = ARMED.isPresent();
  }
}
