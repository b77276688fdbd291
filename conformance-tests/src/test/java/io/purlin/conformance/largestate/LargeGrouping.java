package io.purlin.conformance.largestate;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/**
 * A program: groups generated values by key and goes through each group twice. Prints what it has
 * counted, and ends with 0 if all values came, each once a time.
 */
final class LargeGrouping {
  /** What is grouped. */
  public interface Options extends PipelineOptions {
    /** Number of values. */
    @Default.Long(1_000)
    Long getValues();

    /** Sets the number of values. */
    void setValues(Long value);

    /** Number of keys. */
    @Default.Long(10)
    Long getKeys();

    /** Sets the number of keys. */
    void setKeys(Long value);

    /** Bytes of each value. */
    @Default.Integer(8)
    Integer getValueBytes();

    /** Sets the bytes of each value. */
    void setValueBytes(Integer value);
  }

  private LargeGrouping() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(Options.class);
    Options options =
        PipelineOptionsFactory.fromArgs(args).withValidation().create().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(options.getValues()))
        .apply(ParDo.of(new Spread(options.getKeys(), options.getValueBytes())))
        .setCoder(KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of()))
        .apply(GroupByKey.create())
        .apply(ParDo.of(new Check(options.getKeys(), options.getValueBytes())));
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.waitUntilFinish();
    long groups = counter(result, "groups");
    long values = counter(result, "values");
    long wrong = counter(result, "wrong");
    System.out.println(
        state + ": " + groups + " groups, " + values + " values, " + wrong + " wrong");
    boolean right =
        state == PipelineResult.State.DONE
            && groups == options.getKeys()
            && values == options.getValues()
            && wrong == 0;
    System.exit(right ? 0 : 1);
  }

  private static long counter(PipelineResult result, String name) {
    for (MetricResult<Long> each :
        result.metrics().queryMetrics(MetricsFilter.builder().build()).getCounters()) {
      if (each.getName().getName().equals(name)) {
        return each.getAttempted();
      }
    }
    return 0;
  }

  /** A value's bytes; the same for the same number, and hard to compress. */
  private static byte[] value(long number, int bytes) {
    byte[] value = new byte[bytes];
    new Random(number).nextBytes(value);
    for (int i = 0; i < Math.min(bytes, Long.BYTES); i++) {
      value[i] = (byte) (number >>> (8 * i));
    }
    return value;
  }

  private static long number(byte[] value) {
    long number = 0;
    for (int i = 0; i < Math.min(value.length, Long.BYTES); i++) {
      number |= (value[i] & 0xFFL) << (8 * i);
    }
    return number;
  }

  /** Gives each number a key and bytes. Keys come in turn, so that no group is soon complete. */
  private static final class Spread extends DoFn<Long, KV<Long, byte[]>> {
    private final long keys;
    private final int bytes;

    Spread(long keys, int bytes) {
      this.keys = keys;
      this.bytes = bytes;
    }

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<Long, byte[]>> out) {
      out.output(KV.of(number % keys, value(number, bytes)));
    }
  }

  /** Goes through a group twice: both times the same values in the same order, all of the key. */
  private static final class Check extends DoFn<KV<Long, Iterable<byte[]>>, Void> {
    private final Counter groups = Metrics.counter(LargeGrouping.class, "groups");
    private final Counter values = Metrics.counter(LargeGrouping.class, "values");
    private final Counter wrong = Metrics.counter(LargeGrouping.class, "wrong");
    private final long keys;
    private final int bytes;

    Check(long keys, int bytes) {
      this.keys = keys;
      this.bytes = bytes;
    }

    @ProcessElement
    public void process(@Element KV<Long, Iterable<byte[]>> group) {
      groups.inc();
      long count = 0;
      long sum = 0;
      Iterator<byte[]> again = group.getValue().iterator();
      for (byte[] each : group.getValue()) {
        long number = number(each);
        boolean right =
            number % keys == group.getKey()
                && Arrays.equals(each, value(number, bytes))
                && again.hasNext()
                && Arrays.equals(each, again.next());
        if (!right) {
          wrong.inc();
        }
        count++;
        sum += number / keys;
      }
      values.inc(count);
      // The numbers of a key are key, key + keys, key + 2 keys and so on.
      if (again.hasNext() || sum != count * (count - 1) / 2) {
        wrong.inc();
      }
    }
  }
}
