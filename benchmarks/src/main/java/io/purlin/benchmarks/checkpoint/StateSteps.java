package io.purlin.benchmarks.checkpoint;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** The steps of the pipeline, and what they count for the process. */
final class StateSteps {
  /** Elements that have changed their cell. */
  static final AtomicLong CHANGES = new AtomicLong();

  /** Bundles with output that were committed. */
  static final AtomicLong COMMITS = new AtomicLong();

  private StateSteps() {}

  /** Gives each element its key. */
  static final class Keys extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;
    private static final int AT_ONCE = 256;

    private final String backend;
    private final ArrayList<String> load;
    private transient StateLoad parsed;
    private transient long nowMillis;
    private transient int untilNextLook;

    Keys(StateLoad load) {
      this.backend = load.backend();
      this.load = new ArrayList<>(load.arguments());
      this.parsed = load;
    }

    @Setup
    public void setup() {
      parsed = StateLoad.of(backend, load);
    }

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<KV<Long, Long>> out) {
      if (untilNextLook-- == 0) {
        untilNextLook = AT_ONCE;
        nowMillis = System.currentTimeMillis();
      }
      out.output(KV.of(parsed.key(element, nowMillis), element));
    }
  }

  /** Changes the cell of the key, and lets one of many elements pass. */
  static final class Change extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;
    private static final int ONE_OF = 1024;

    @StateId("value")
    private final StateSpec<ValueState<byte[]>> spec = StateSpecs.value(ByteArrayCoder.of());

    private final int valueBytes;
    private transient long count;

    Change(int valueBytes) {
      this.valueBytes = valueBytes;
    }

    @ProcessElement
    public void process(
        @Element KV<Long, Long> element,
        @StateId("value") ValueState<byte[]> state,
        OutputReceiver<Long> out) {
      byte[] before = state.read();
      byte[] now = new byte[valueBytes];
      long random = element.getValue() * 0x9E3779B97F4A7C15L;
      // Half of it does not compress.
      for (int i = 0; i < valueBytes / 2; i++) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        now[i] = (byte) random;
      }
      now[0] = (byte) (before == null ? 0 : before[0] + 1);
      state.write(now);
      if (count++ % ONE_OF == 0) {
        out.output(element.getValue());
      }
    }

    @FinishBundle
    public void finish() {
      CHANGES.addAndGet(count);
      count = 0;
    }
  }

  /** Is told when what came to it is committed. */
  static final class Output extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private static final Duration LONG = Duration.standardHours(1);

    @ProcessElement
    public void process(BundleFinalizer finalizer) {
      finalizer.afterBundleCommit(Instant.now().plus(LONG), COMMITS::incrementAndGet);
    }
  }
}
