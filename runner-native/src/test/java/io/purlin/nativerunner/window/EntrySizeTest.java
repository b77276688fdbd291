package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** What a key in a window takes of the heap while it is hot. */
class EntrySizeTest {
  private static final int KEYS = 1_000_000;
  private static final int MOST_BYTES = 100;
  private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
  private static final List<BoundedWindow> WINDOW =
      List.of(new IntervalWindow(Instant.EPOCH, Duration.standardSeconds(10)));

  @Test
  void aLongKeyWithItsCountTakesAtMostHundredBytes()
      throws CannotProvideCoderException, JMException {
    GroupingHarness harness = new GroupingHarness(new GroupingFactory(spec()));
    long before = usedBytes();
    for (long key = 0; key < KEYS; key++) {
      harness.element(key, null, 1, WINDOW);
    }
    double entry = (usedBytes() - before) / (double) KEYS;

    // A key, an accumulator and what finds them are more than half of that.
    assertThat(entry).isBetween(MOST_BYTES / 2.0, (double) MOST_BYTES);
    harness.watermark(20_000);
    assertThat(harness.takePanes()).as("all were there").hasSize(KEYS);
  }

  private static GroupingSpec spec() throws CannotProvideCoderException {
    Combine.CombineFn<Void, ?, Long> count = Count.combineFn();
    Coder<?> accumulators =
        count.getAccumulatorCoder(CoderRegistry.createDefault(), VoidCoder.of());
    return new GroupingSpec(
        "count",
        VarLongCoder.of(),
        VarLongCoder.of(),
        WindowingStrategy.of(FixedWindows.of(Duration.standardSeconds(10))),
        new Combining(count, accumulators, List.of(), Combining.Input.VALUES));
  }

  /**
   * The bytes of all objects that are reachable. A heap's own figure would count whole regions for
   * large arrays.
   */
  private static long usedBytes() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    Matcher total = TOTAL.matcher(histogram.toString());
    assertThat(total.find()).as("the histogram has a last line").isTrue();
    return Long.parseLong(total.group(1));
  }
}
