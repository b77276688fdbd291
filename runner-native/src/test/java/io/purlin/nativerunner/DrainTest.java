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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
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
    PipelineTranslator.Translation translation = PipelineTranslator.translate(pipeline, options);
    Job job =
        new Job(
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
    job.start();
    assertThat(SOME_READ.await(1, TimeUnit.MINUTES)).isTrue();

    job.drain();

    assertThat(job.awaitEnd()).isEqualTo(JobState.DONE);
    assertThat(COUNTED).hasValue(READ.get());
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
