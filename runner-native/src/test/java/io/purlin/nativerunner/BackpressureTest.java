package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.api.Test;

/** A slow receiver slows its sender down, to the element. */
class BackpressureTest {
  private static final long AHEAD = 512;
  private static final AtomicLong SENT = new AtomicLong();
  private static final AtomicLong RECEIVED = new AtomicLong();
  private static final AtomicLong MOST_UNDER_WAY = new AtomicLong();

  @Test
  void aSourceIsNeverFurtherAheadThanItsReceiversHaveCredits() {
    int parallelism = 2;
    int credits = 2;
    int batchElements = 256;
    long count = 20_000;
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    options.setBuffersPerChannel(credits);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(count))
        .apply("Send", ParDo.of(new Send()))
        .apply(Reshuffle.viaRandomKey())
        .apply("Receive", ParDo.of(new Receive()));

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);

    int channels = parallelism * parallelism;
    assertThat(RECEIVED).hasValue(count);
    // One more for each sender, which has counted the element that it waits with.
    assertThat(MOST_UNDER_WAY)
        .hasValueLessThanOrEqualTo((long) channels * credits * batchElements + parallelism)
        .hasValueGreaterThanOrEqualTo(AHEAD - parallelism);
  }

  /** Counts what is sent. */
  private static final class Send extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> output) {
      SENT.incrementAndGet();
      output.output(element);
    }
  }

  /** Takes longer over an element than anything before it. */
  private static final class Receive extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {
      // The first waits for the source to go ahead as far as one channel lets it for certain.
      while (SENT.get() < AHEAD) {
        Thread.onSpinWait();
      }
      long underWay = SENT.get() - RECEIVED.get();
      MOST_UNDER_WAY.accumulateAndGet(underWay, Math::max);
      for (int i = 0; i < 50; i++) {
        Thread.onSpinWait();
      }
      RECEIVED.incrementAndGet();
    }
  }
}
