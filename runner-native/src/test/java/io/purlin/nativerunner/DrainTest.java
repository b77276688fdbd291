package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.JobState;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/** A job with a source that never ends comes to its end when it is drained, and drops nothing. */
class DrainTest {
  private static final AtomicLong READ = new AtomicLong();
  private static final AtomicLong COUNTED = new AtomicLong();
  private static final CountDownLatch SOME_READ = new CountDownLatch(100);

  @Test
  void everyElementThatWasReadIsInAWindowThatCloses() throws InterruptedException {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0))
        .apply("Read", ParDo.of(new Read()))
        .apply(Window.into(FixedWindows.of(Duration.standardDays(1))))
        .apply(Combine.globally(Count.<Long>combineFn()).withoutDefaults())
        .apply("Count", ParDo.of(new Add()));
    Job job = job(pipeline, options);
    job.start();
    assertThat(SOME_READ.await(1, TimeUnit.MINUTES)).isTrue();

    job.drain();

    assertThat(job.awaitEnd()).isEqualTo(JobState.DONE);
    assertThat(COUNTED).hasValue(READ.get());
  }

  @Test
  void aRestrictionWithoutAnEndIsGivenUp() throws InterruptedException {
    Endless.started = new CountDownLatch(100);
    drained(new Endless());
  }

  @Test
  void aRestrictionIsProcessedToWhereItsDoFnTruncatesIt() throws InterruptedException {
    Endless.started = new CountDownLatch(100);
    EndsWhenDrained.CLAIMED.clear();
    drained(new EndsWhenDrained());
    long end = EndsWhenDrained.CLAIMED.size();
    assertThat(end).isGreaterThan(100);
    assertThat(EndsWhenDrained.CLAIMED)
        .containsExactlyElementsOf(LongStream.range(0, end).boxed().toList());
    assertThat(EndsWhenDrained.TRUNCATED_TO).hasValue(end);
  }

  private static void drained(DoFn<Integer, Long> fn) throws InterruptedException {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of(1)).apply("Splittable", ParDo.of(fn));
    Job job = job(pipeline, options);
    job.start();
    assertThat(Endless.started.await(1, TimeUnit.MINUTES)).isTrue();

    job.drain();

    assertThat(job.awaitEnd()).isEqualTo(JobState.DONE);
  }

  /** A job without checkpoints, of two tasks a step. */
  static Job job(Pipeline pipeline, NativePipelineOptions options) {
    PipelineTranslator.Translation translation = PipelineTranslator.translate(pipeline, options);
    return new Job(
        ChainPlanner.plan(translation.graph(), new PlanOptions(2, true)),
        translation.sideInputs(),
        translation.sinks(),
        new JobSettings(
            options,
            false,
            128,
            8,
            new TaskLimits(100, 1_000, 10, 0),
            null,
            RestartStrategy.Settings.NONE,
            JobSettings.Memory.HEAP));
  }

  /** Counts for ever. */
  @DoFn.UnboundedPerElement
  static class Endless extends DoFn<Integer, Long> {
    static volatile CountDownLatch started = new CountDownLatch(0);

    @GetInitialRestriction
    public OffsetRange all() {
      return new OffsetRange(0, Long.MAX_VALUE);
    }

    @NewTracker
    public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
      return new Unbounded(range);
    }

    @ProcessElement
    public ProcessContinuation process(
        RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Long> out) {
      for (int i = 0; i < 10; i++) {
        long at = tracker.currentRestriction().getFrom() + i;
        if (!tracker.tryClaim(at)) {
          return ProcessContinuation.stop();
        }
        claimed(at);
        out.output(at);
        started.countDown();
      }
      return ProcessContinuation.resume();
    }

    void claimed(long at) {}
  }

  /** Says that it does not end. */
  private static final class Unbounded extends OffsetRangeTracker {
    Unbounded(OffsetRange range) {
      super(range);
    }

    @Override
    public IsBounded isBounded() {
      return range.getTo() == Long.MAX_VALUE ? IsBounded.UNBOUNDED : IsBounded.BOUNDED;
    }
  }

  /** Counts for ever, unless it is drained: then for a while. */
  static final class EndsWhenDrained extends Endless {
    static final List<Long> CLAIMED = new CopyOnWriteArrayList<>();
    static final AtomicLong TRUNCATED_TO = new AtomicLong();

    @Override
    void claimed(long at) {
      CLAIMED.add(at);
    }

    @TruncateRestriction
    @SuppressWarnings("unchecked") // Beam declares the raw class
    public RestrictionTracker.TruncateResult<OffsetRange> truncate(@Restriction OffsetRange range) {
      TRUNCATED_TO.set(range.getFrom() + 95);
      return RestrictionTracker.TruncateResult.of(
          new OffsetRange(range.getFrom(), TRUNCATED_TO.get()));
    }
  }

  private static final class Read extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> out) {
      READ.incrementAndGet();
      SOME_READ.countDown();
      out.output(element);
    }
  }

  private static final class Add extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long count) {
      COUNTED.addAndGet(count);
    }
  }
}
