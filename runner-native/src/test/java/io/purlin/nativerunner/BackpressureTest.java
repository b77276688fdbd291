package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A sink that takes a millisecond over each element slows the source in front of it down to its own
 * pace, to the element, and what lies between the two does not grow.
 *
 * <p>All is counted in elements. The millisecond is a permit that a clock hands to each task of the
 * sink, so that a machine that stalls changes when things happen and not what the test sees.
 */
class BackpressureTest {
  private static final int PARALLELISM = 2;
  private static final int CREDITS = 2;
  private static final int BATCH_ELEMENTS = 256;
  private static final long COUNT = 8_000;
  private static final long BETWEEN_MARKS = 1_000;

  /** What a batch holds until it is known how slow the sink is. */
  private static final int FIRST_BATCH_ELEMENTS = 64;

  /** How far one sender gets for certain while its receivers take nothing. */
  private static final long AHEAD = (long) CREDITS * FIRST_BATCH_ELEMENTS;

  /** What may be between source and sink: all credits, and the element each sender waits with. */
  private static final long MOST =
      (long) PARALLELISM * PARALLELISM * CREDITS * BATCH_ELEMENTS + PARALLELISM;

  /**
   * What may be counted as alive: also the batch that the other task ended after the collection,
   * whose place a new one has taken before the count. The collection found it in use.
   */
  private static final long MOST_ALIVE = MOST + (long) PARALLELISM * (1 + BATCH_ELEMENTS);

  private static final Semaphore MILLISECONDS = new Semaphore(0);
  private static final AtomicLong SENT = new AtomicLong();
  private static final AtomicLong RECEIVED = new AtomicLong();
  private static final AtomicLong MOST_UNDER_WAY = new AtomicLong();
  private static final ConcurrentLinkedQueue<WeakReference<byte[]>> ELEMENTS =
      new ConcurrentLinkedQueue<>();
  private static final List<Mark> MARKS = new ArrayList<>();

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private @Nullable ScheduledFuture<?> ticks;

  /** What was counted at one moment; {@code alive} after a collection. */
  private record Mark(long sent, long received, long alive) {}

  @BeforeEach
  void startTheClock() {
    MILLISECONDS.drainPermits();
    SENT.set(0);
    RECEIVED.set(0);
    MOST_UNDER_WAY.set(0);
    ELEMENTS.clear();
    MARKS.clear();
    ticks =
        clock.scheduleAtFixedRate(
            () -> MILLISECONDS.release(PARALLELISM), 1, 1, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void stopTheClock() {
    assertThat(ticks != null && !ticks.isDone()).as("the clock went to the end").isTrue();
    clock.shutdownNow();
  }

  @Test
  void aSourceGoesAtThePaceOfItsSlowSinkAndNothingPilesUpBetween() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(PARALLELISM);
    options.setBuffersPerChannel(CREDITS);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(COUNT))
        .apply("Send", ParDo.of(new Send()))
        .apply(Reshuffle.viaRandomKey())
        .apply("Receive", ParDo.of(new Receive()));

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);

    assertThat(RECEIVED).hasValue(COUNT);
    // The source is the faster one: it has been ahead as far as a channel lets it.
    assertThat(MOST_UNDER_WAY)
        .hasValueGreaterThanOrEqualTo(AHEAD - PARALLELISM)
        .hasValueLessThanOrEqualTo(MOST);
    assertThat(MARKS).hasSize((int) (COUNT / BETWEEN_MARKS));
    for (Mark mark : MARKS) {
      // The rates are the same: the distance between the two ends stays within the credits,
      // however long the job runs.
      assertThat(mark.sent() - mark.received()).as("ahead at %s", mark).isLessThanOrEqualTo(MOST);
      // Memory is flat: elements that the sink has done with are gone, wherever they passed.
      assertThat(mark.alive()).as("alive at %s", mark).isLessThanOrEqualTo(MOST_ALIVE);
    }
  }

  /** Makes an element of some size and counts it. */
  private static final class Send extends DoFn<Long, byte[]> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(OutputReceiver<byte[]> output) {
      byte[] element = new byte[1024];
      ELEMENTS.add(new WeakReference<>(element));
      SENT.incrementAndGet();
      output.output(element);
    }
  }

  /** Takes a millisecond over each element. */
  private static final class Receive extends DoFn<byte[], Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() throws InterruptedException {
      // The first waits for the source to go ahead as far as one channel lets it for certain.
      while (SENT.get() < AHEAD) {
        Thread.onSpinWait();
      }
      MILLISECONDS.acquire();
      MOST_UNDER_WAY.accumulateAndGet(SENT.get() - RECEIVED.get(), Math::max);
      long received = RECEIVED.incrementAndGet();
      if (received % BETWEEN_MARKS == 0) {
        mark();
      }
    }

    private static synchronized void mark() {
      long before = RECEIVED.get();
      System.gc();
      ELEMENTS.removeIf(each -> each.refersTo(null));
      // What the other task is done with since may still be counted, and what took its place is.
      long alive = ELEMENTS.size() - (RECEIVED.get() - before);
      // In this order, or what the other task receives in between would count as sent.
      long sent = SENT.get();
      MARKS.add(new Mark(sent, RECEIVED.get(), alive));
    }
  }
}
