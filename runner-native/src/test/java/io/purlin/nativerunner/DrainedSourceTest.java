package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.JobState;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.sdk.NativePipelineOptions;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a source hears of a drain, and that whoever was drained reads nothing more. */
class DrainedSourceTest {
  private static final AtomicLong READ = new AtomicLong();
  private static final AtomicLong FINAL = new AtomicLong();
  private static final AtomicLong COUNTED = new AtomicLong();
  private static volatile CountDownLatch someRead = new CountDownLatch(0);

  @BeforeEach
  void nothingYet() {
    READ.set(0);
    FINAL.set(0);
    COUNTED.set(0);
    someRead = new CountDownLatch(100);
  }

  @Test
  void withoutCheckpointsAllThatWasReadIsFinal() throws InterruptedException {
    drained(null);

    assertThat(COUNTED).hasPositiveValue().hasValue(READ.get());
    assertThat(FINAL).hasValue(READ.get());
  }

  @Test
  void withCheckpointsAllThatWasReadIsFinal() throws InterruptedException {
    drained(new MemoryCheckpoints(() -> {}));

    assertThat(COUNTED).hasPositiveValue().hasValue(READ.get());
    assertThat(FINAL).hasValue(READ.get());
  }

  /** What it read would be behind the end of time: dropped, and passed by for ever. */
  @Test
  void aJobThatWasDrainedHasNothingLeftToDo() throws InterruptedException {
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(() -> {});
    drained(checkpoints);
    long read = READ.get();

    Job again = job(checkpoints);
    again.start();
    boolean ended = again.awaitEnd(60_000);
    again.cancel();

    assertThat(ended).isTrue();
    assertThat(again.state()).isEqualTo(JobState.DONE);
    assertThat(checkpoints.restores()).isPositive();
    assertThat(READ).hasValue(read);
    assertThat(COUNTED).hasValue(read);
  }

  private static void drained(@Nullable MemoryCheckpoints checkpoints) throws InterruptedException {
    Job job = job(checkpoints);
    job.start();
    assertThat(someRead.await(1, TimeUnit.MINUTES)).isTrue();
    job.drain();
    assertThat(job.awaitEnd()).isEqualTo(JobState.DONE);
  }

  private static Job job(@Nullable MemoryCheckpoints checkpoints) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(Read.from(new Numbers()))
        .apply(Window.into(FixedWindows.of(Duration.standardDays(1))))
        .apply(Combine.globally(Count.<Long>combineFn()).withoutDefaults())
        .apply("Add", ParDo.of(new Add()));
    if (checkpoints == null) {
      return DrainTest.job(pipeline, options);
    }
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
            new JobSettings.Checkpointing(
                checkpoints, new CheckpointSettings(3, 60_000, 0, 0, 1), true, false),
            RestartStrategy.Settings.NONE,
            JobSettings.Memory.HEAP));
  }

  private static final class Add extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long count) {
      COUNTED.addAndGet(count);
    }
  }

  /** How many were read, of which so many are not final. */
  private record Mark(long read, long more)
      implements UnboundedSource.CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {
      FINAL.addAndGet(more);
    }
  }

  /** All numbers, in one split. */
  private static final class Numbers extends UnboundedSource<Long, Mark> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Numbers> split(int desiredNumSplits, PipelineOptions options) {
      return List.of(this);
    }

    @Override
    public UnboundedReader<Long> createReader(PipelineOptions options, @Nullable Mark mark) {
      return new NumberReader(this, mark == null ? 0 : mark.read());
    }

    @Override
    public Coder<Mark> getCheckpointMarkCoder() {
      return SerializableCoder.of(Mark.class);
    }

    @Override
    public Coder<Long> getOutputCoder() {
      return VarLongCoder.of();
    }
  }

  private static final class NumberReader extends UnboundedSource.UnboundedReader<Long> {
    private final Numbers source;
    private long read;
    private long marked;

    NumberReader(Numbers source, long read) {
      this.source = source;
      this.read = read;
      this.marked = read;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      read++;
      READ.incrementAndGet();
      someRead.countDown();
      return true;
    }

    @Override
    public Long getCurrent() {
      return read;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(read);
    }

    @Override
    public Instant getWatermark() {
      return getCurrentTimestamp();
    }

    @Override
    public UnboundedSource.CheckpointMark getCheckpointMark() {
      Mark mark = new Mark(read, read - marked);
      marked = read;
      return mark;
    }

    @Override
    public UnboundedSource<Long, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
