package io.purlin.nativerunner.window;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Functions that accumulate in arrays of longs, which slices may keep as bare longs. */
final class LongFns {
  private LongFns() {}

  /** The sum, in one long. */
  static Combining sum() {
    return combining(new SumFn());
  }

  /**
   * All values in order, of which the output is made: an accumulator of one value looks like the
   * sum's, one of two does not.
   */
  static Combining all() {
    return combining(new AllFn());
  }

  private static Combining combining(CombineFn<Integer, long[], Integer> fn) {
    return new Combining(fn, SerializableCoder.of(long[].class), List.of(), Combining.Input.VALUES);
  }

  private static final class SumFn extends CombineFn<Integer, long[], Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public long[] createAccumulator() {
      return new long[1];
    }

    @Override
    public long[] addInput(long[] sum, Integer value) {
      sum[0] += value;
      return sum;
    }

    @Override
    public long[] mergeAccumulators(Iterable<long[]> sums) {
      long[] merged = null;
      for (long[] each : sums) {
        if (merged == null) {
          merged = each;
        } else {
          merged[0] += each[0];
        }
      }
      return merged == null ? createAccumulator() : merged;
    }

    @Override
    public Integer extractOutput(long[] sum) {
      return (int) sum[0];
    }
  }

  private static final class AllFn extends CombineFn<Integer, long[], Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public long[] createAccumulator() {
      return new long[0];
    }

    @Override
    public long[] addInput(long[] values, Integer value) {
      return LongStream.concat(LongStream.of(values), LongStream.of(value)).sorted().toArray();
    }

    @Override
    public long[] mergeAccumulators(Iterable<long[]> accumulators) {
      long[] merged = createAccumulator();
      for (long[] each : accumulators) {
        merged = LongStream.concat(LongStream.of(merged), LongStream.of(each)).sorted().toArray();
      }
      return merged;
    }

    @Override
    public Integer extractOutput(long[] values) {
      return Arrays.hashCode(values);
    }
  }
}
