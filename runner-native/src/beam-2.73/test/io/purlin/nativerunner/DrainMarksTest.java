package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobState;
import io.purlin.sdk.NativePipelineOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.CausedByDrain;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What fires because a pipeline drains says so, and nothing else does. */
class DrainMarksTest {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final CountDownLatch SOME_READ = new CountDownLatch(100);

  @Test
  void timersAndPanesThatADrainFiresAreMarked() throws InterruptedException {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<KV<Long, Long>> read =
        pipeline.apply(GenerateSequence.from(0)).apply("Read", ParDo.of(new Read()));
    Duration century = Duration.standardDays(36_500);
    PCollection<KV<Long, Long>> fixed = read.apply("Fixed", Window.into(FixedWindows.of(century)));
    fixed.apply("Count", Count.perKey()).apply("Counted", ParDo.of(new See<>("counted")));
    fixed.apply("Timed", ParDo.of(new Timed())).apply("Behind", ParDo.of(new See<>(null)));
    read.apply("Sessions", Window.into(Sessions.withGapDuration(century)))
        .apply("Group", GroupByKey.create())
        .apply("Grouped", ParDo.of(new See<>("session")));
    read.apply(
            "EachElement",
            Window.<KV<Long, Long>>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
                .discardingFiredPanes()
                .withAllowedLateness(Duration.ZERO))
        .apply("GroupEach", GroupByKey.create())
        .apply("Each", ParDo.of(new See<>("fired by an element")));

    Job job = DrainTest.job(pipeline, options);
    job.start();
    assertThat(SOME_READ.await(1, TimeUnit.MINUTES)).isTrue();

    job.drain();

    assertThat(job.awaitEnd()).isEqualTo(JobState.DONE);
    assertThat(SEEN)
        .containsExactlyInAnyOrder(
            "element NORMAL",
            "timer CAUSED_BY_DRAIN",
            "behind element NORMAL",
            "behind timer CAUSED_BY_DRAIN",
            "behind expiration CAUSED_BY_DRAIN",
            "counted CAUSED_BY_DRAIN",
            "session CAUSED_BY_DRAIN",
            "fired by an element NORMAL");
  }

  /** Reads. */
  static final class Read extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<KV<Long, Long>> out) {
      SOME_READ.countDown();
      out.output(KV.of(element % 3, element));
    }
  }

  /** Has a timer at the end of the window. */
  static final class Timed extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @TimerId("end") Timer timer,
        BoundedWindow window,
        CausedByDrain drain,
        OutputReceiver<String> out) {
      timer.set(window.maxTimestamp());
      SEEN.add("element " + drain);
      out.output("behind element");
    }

    @OnTimer("end")
    public void onEnd(OnTimerContext c) {
      SEEN.add("timer " + c.causedByDrain());
      c.output("behind timer");
    }

    @OnWindowExpiration
    public void expire(OutputReceiver<String> out) {
      out.output("behind expiration");
    }
  }

  /** Notes what it is given, and whether a drain has caused it. */
  static final class See<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;

    private final @Nullable String name;

    See(@Nullable String name) {
      this.name = name;
    }

    @ProcessElement
    public void process(@Element T element, CausedByDrain drain) {
      SEEN.add((name == null ? element : name) + " " + drain);
    }
  }
}
