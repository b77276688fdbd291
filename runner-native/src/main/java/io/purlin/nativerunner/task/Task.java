package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.metrics.TaskTimes.Wait;
import io.purlin.nativerunner.time.Clock;
import io.purlin.sdk.faults.KillPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * One parallel instance of a chain: takes batches from its input, runs them through the chain, and
 * sends what comes out.
 *
 * <p>Everything but {@link #wakeForRetry} and {@link #drain} is called by the thread that steps the
 * task, one at a time. Invariant: between steps no element is half-way through the chain.
 */
public final class Task {
  /** Identifies a task for people. */
  public record Name(String chain, int index, int parallelism) {
    @Override
    public String toString() {
      return parallelism == 1 ? chain : chain + " (" + (index + 1) + "/" + parallelism + ")";
    }
  }

  private static final long MAX_IDLE_MILLIS = 1_000;
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final Name name;
  private final TaskStart start;
  private final TaskInput input;
  private final OperatorChain chain;
  private final List<ExchangeWriter> writers;
  private final TaskMetrics metrics;
  private final TaskWiring wiring;
  private final Clock clock;
  private final TaskLimits limits;
  private final Signal signal;
  private final @Nullable CheckpointSeat seat;
  private final AtomicBoolean retry = new AtomicBoolean();
  private volatile boolean draining;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private long watermarkPassedAt = Long.MIN_VALUE;
  private long bundleElements;
  private long bundleStartedAt = Long.MAX_VALUE;
  private boolean uncommitted = true;
  private long passedBarrier = CheckpointSeat.NONE;

  private final Answering answering = new Answering();
  private boolean ended;
  private boolean reportedEnd;

  /**
   * @param name what the task is, for people
   * @param input where its elements come from
   * @param chain what it does with them
   * @param wiring what it is connected to
   * @param start what it goes on from
   */
  public Task(Name name, TaskInput input, OperatorChain chain, TaskWiring wiring, TaskStart start) {
    this.name = name;
    this.start = start;
    this.input = input;
    this.chain = chain;
    this.writers = wiring.writers();
    this.metrics = wiring.metrics();
    this.wiring = wiring;
    this.clock = wiring.clock();
    this.limits = wiring.limits();
    this.signal = wiring.signal();
    this.seat = wiring.seat();
  }

  /** What the task is, for people. */
  public Name name() {
    return name;
  }

  /**
   * Prepares operators and input. {@link #close} must be called afterwards, also after a failure.
   */
  public void open() throws Exception {
    @Nullable MetricsContainer before = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      metrics.times().started(clock.millis());
      chain.open();
      chain.restore(start.operators());
      KillPoint.RESTORED.hit();
      input.open();
      metrics.times().opened(clock.millis());
    } finally {
      MetricsEnvironment.setCurrentContainer(before);
    }
  }

  /** What is left of a task that has ended: where its source came to. */
  public TaskSnapshot endSnapshot() throws Exception {
    return new TaskSnapshot(
        name.chain(), name.index(), END, input.positions(), Map.of(), List.of());
  }

  /** Does bounded work. Not called again once it has said {@link Progress#DONE}. */
  public Progress step() throws Exception {
    @Nullable MetricsContainer before = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      return stepMeasured();
    } finally {
      MetricsEnvironment.setCurrentContainer(before);
    }
  }

  private Progress stepMeasured() throws Exception {
    if (!ExchangeWriter.drainOverflow(writers)) {
      // Time that is good for writing what is already frozen.
      return answering.step() ? Progress.MADE : Progress.NONE;
    }
    if (start.watermarkMillis() > watermark) {
      watermark = start.watermarkMillis();
      if (watermark >= END) {
        // After a drain there may be more to read, which would be behind the end of time.
        input.drain();
      }
      chain.advanceWatermark(watermark);
    }
    long now = clock.millis();
    long before = passedBarrier;
    boolean moved =
        CheckpointPause.during(this::takePartInCheckpoint, metrics.counters(), clock, now);
    if (ended || passedBarrier != before) {
      // What is behind a barrier may have to wait for the commit: whoever steps can see to that.
      Progress last = ended ? end() : Progress.NONE;
      return moved && last == Progress.NONE ? Progress.MADE : last;
    }
    if (draining) {
      input.drain();
    }
    moved |= retryIfAsked();
    moved |= fireProcessingTime(now);
    int fed = input.feed(chain, roomInBundle());
    if (fed >= 0) {
      moved = true;
      bundleElements += fed;
      metrics.taken(fed);
    }
    moved |= passWatermark(now, fed < 0);
    endBundleIfDue(now, !moved);
    settle(moved);
    wiring.count(input.batches());
    if (chain.isDone() && input.hasEnded()) {
      // Others can move now: they are told of the end.
      return end() == Progress.DONE ? Progress.DONE : Progress.MADE;
    }
    if (moved) {
      writers.forEach(writer -> writer.flushExpired(now));
      return Progress.MADE;
    }
    writers.forEach(ExchangeWriter::flush);
    return Progress.NONE;
  }

  private int roomInBundle() {
    long room = limits.maxBundleElements() - (chain.isBundleOpen() ? bundleElements : 0);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, room));
  }

  private boolean retryIfAsked() {
    boolean asked = retry.compareAndSet(true, false);
    if (asked) {
      chain.retry();
    }
    return asked;
  }

  private boolean fireProcessingTime(long now) {
    boolean due = chain.nextProcessingTimeMillis() <= now;
    if (due) {
      chain.advanceProcessingTime(now);
    }
    return due;
  }

  private boolean passWatermark(long now, boolean dry) {
    // Read again, after the input: what a drain has ended there comes with the drain.
    if (draining) {
      chain.drain();
    }
    long next = input.watermarkMillis();
    boolean due = dry || next >= END || now - watermarkPassedAt >= limits.watermarkIntervalMillis();
    if (next <= watermark || !due) {
      return false;
    }
    watermark = next;
    watermarkPassedAt = now;
    // What fires now may take long in user code: what is done by now is not to wait for it.
    chain.finishBundle();
    writers.forEach(ExchangeWriter::flush);
    chain.advanceWatermark(next);
    return true;
  }

  private void endBundleIfDue(long now, boolean dry) {
    if (chain.isBundleOpen()) {
      bundleStartedAt = Math.min(bundleStartedAt, now);
      if (dry
          || bundleElements >= limits.maxBundleElements()
          || now - bundleStartedAt >= limits.maxBundleMillis()) {
        chain.finishBundle();
      }
    }
    if (!chain.isBundleOpen()) {
      bundleElements = 0;
      bundleStartedAt = Long.MAX_VALUE;
    }
  }

  /** Between bundles: what they counted is final, and the input may forget what it fed them. */
  private void settle(boolean moved) throws Exception {
    uncommitted |= moved;
    if (uncommitted && !chain.isBundleOpen()) {
      uncommitted = false;
      input.bundleEnded();
      metrics.commit();
    }
  }

  private Progress end() throws Exception {
    if (!ended) {
      ended = true;
      writers.forEach(ExchangeWriter::endOfInput);
    }
    if (!ExchangeWriter.drainOverflow(writers)) {
      return Progress.NONE;
    }
    if (seat == null || seat.isReleased()) {
      return Progress.DONE;
    }
    reportEnd(seat);
    return Progress.NONE;
  }

  /** What it has done is final in a checkpoint to come, not in one that it has answered before. */
  private void reportEnd(CheckpointSeat seat) throws Exception {
    if (!reportedEnd && seat.heardOf() >= passedBarrier) {
      reportedEnd = true;
      chain.endEpoch();
      seat.answers().ended(this);
    }
  }

  /** Passes a barrier that the input has come to; true when it did or heard of a commit. */
  private boolean takePartInCheckpoint() throws Exception {
    if (seat == null) {
      return false;
    }
    boolean told = hearOfCommit(seat);
    if (ended) {
      reportEnd(seat);
    }
    long barrier = input.barrier(seat.requested());
    if (barrier <= passedBarrier) {
      return answering.step() || chain.fold() || told;
    }
    // The commit came before the request for this barrier: what waits for it is not of the next
    // one.
    hearOfCommit(seat);
    chain.finishBundle();
    settle(true);
    begin(seat, barrier);
    passedBarrier = barrier;
    if (!ended) {
      writers.forEach(writer -> writer.barrier(barrier));
    }
    input.passBarrier();
    return true;
  }

  /** Tells the parts of the task that a checkpoint is committed, if another one is. */
  private boolean hearOfCommit(CheckpointSeat seat) throws Exception {
    boolean told = seat.hearOfCommit();
    if (told) {
      input.positionsCommitted();
      chain.checkpointCommitted();
    }
    return told;
  }

  /** What has to be written down at a barrier, and cannot be told later; then what is little. */
  private void begin(CheckpointSeat seat, long barrier) throws Exception {
    boolean continues = passedBarrier != CheckpointSeat.NONE && seat.heardOf() == passedBarrier;
    TaskSnapshot part =
        new TaskSnapshot(
            name.chain(),
            name.index(),
            watermark,
            input.positions(),
            Map.of(),
            List.of(metrics.snapshot()));
    answering.begin(seat, barrier, part, chain.snapshot(barrier, continues));
    KillPoint.STATE_FROZEN.hit();
    answering.step();
  }

  /**
   * Gives the answer that is due, if one is, since the task is about to stand still in the middle
   * of an element: those whom it holds up may have to wait for the commit of that checkpoint, and
   * whoever it waits for, too. On the task's thread.
   *
   * @throws java.io.UncheckedIOException when the operators' state cannot be written
   */
  public void answerBeforeWaiting() {
    answering.finish();
  }

  /** The checkpoint that the job has asked for last. */
  long requestedCheckpoint() {
    return seat == null ? CheckpointSeat.NONE : seat.requested();
  }

  /** The checkpoint that the task has answered last, if any. */
  long passedCheckpoint() {
    return passedBarrier;
  }

  /** Whether the task has nothing left to do but to be let go by the last checkpoint. */
  boolean awaitsLastCheckpoint() {
    return ended;
  }

  /**
   * Nothing else in the whole job can move.
   *
   * @return whether that lets this task move
   */
  public boolean onQuiescence() {
    return input.onQuiescence();
  }

  /**
   * When the task must be stepped again though nothing came from outside, in processing time;
   * {@code Long.MAX_VALUE}: never.
   */
  public long nextDueMillis() {
    return chain.nextProcessingTimeMillis();
  }

  /**
   * Waits until the task may be able to move again.
   *
   * @param idleSteps how many steps in a row could not move
   */
  void awaitWork(int idleSteps) {
    long since = clock.millis();
    long untilDue = Math.min(Math.max(0, nextDueMillis() - since), MAX_IDLE_MILLIS);
    long most = TimeUnit.MILLISECONDS.toNanos(untilDue);
    metrics.times().begins(Wait.IDLE, since);
    signal.await(Math.min(input.idleNanos(idleSteps), most));
    metrics.times().ends(Wait.IDLE, clock.millis());
  }

  /** What wakes the task's thread. */
  Signal signal() {
    return signal;
  }

  /** Something that an operator may wait for has become ready. Any thread. */
  public void wakeForRetry() {
    retry.set(true);
    signal.raise();
  }

  /** No more is to be read: what was read is worked on to its end. Any thread. */
  public void drain() {
    draining = true;
    signal.raise();
  }

  /** Releases input, operators and channels. Called once, also after a failure. */
  public void close() throws Exception {
    @Nullable MetricsContainer before = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      List<AutoCloseable> parts = new ArrayList<>(List.of(input::close, chain::close));
      writers.forEach(writer -> parts.add(writer::close));
      CloseAll.of(parts);
    } finally {
      wiring.countState();
      metrics.times().closed(clock.millis(), ended);
      MetricsEnvironment.setCurrentContainer(before);
    }
  }
}
