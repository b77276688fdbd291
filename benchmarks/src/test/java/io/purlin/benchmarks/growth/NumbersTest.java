package io.purlin.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.purlin.benchmarks.growth.Numbers.Range;
import io.purlin.benchmarks.side.Tally;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The source, without a runner. */
class NumbersTest {
  @BeforeEach
  void begin() {
    Tally.reset();
    Gate.close(0);
  }

  @Test
  void splitsShareTheNumbers() throws Exception {
    Numbers numbers = new Numbers(new Range(0, 5), number -> 10 * number, false);
    List<Numbers> splits = numbers.split(2, PipelineOptionsFactory.create());
    try (UnboundedReader<Long> even = reader(splits.get(0));
        UnboundedReader<Long> odd = reader(splits.get(1))) {
      assertThat(even.start()).isTrue();
      assertThat(odd.start()).isTrue();
      assertThat(even.getCurrent()).isZero();
      assertThat(odd.getCurrent()).isEqualTo(1);
      assertThat(odd.getWatermark().getMillis()).isEqualTo(10);
      assertThat(odd.advance()).isTrue();
      assertThat(odd.advance()).isFalse();
      assertThat(odd.getWatermark()).isEqualTo(BoundedWindow.TIMESTAMP_MAX_VALUE);
    }
  }

  @Test
  void theClockBeginsWhenTheGateOpens() throws Exception {
    Gate.close(1);
    Numbers numbers = new Numbers(new Range(1, 3), number -> 0, true);
    try (UnboundedReader<Long> reader = reader(numbers)) {
      assertThat(reader.start()).isTrue();
      assertThat(reader.advance()).as("before the gate is open").isFalse();
      assertThat(reader.getWatermark()).isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);
      Tally.results(1, 0);
      assertThat(catchThrowable(Tally::figures)).hasMessageContaining("nothing was read");
      Gate.signal();
      assertThat(reader.advance()).isTrue();
      assertThat(reader.getCurrent()).isEqualTo(1);
      assertThat(reader.getWatermark()).as("held").isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);
      assertThat(Tally.figures()[2]).isEqualTo(1);
    }
  }

  @Test
  void theGateHearsOfCheckpointsBehindIt() throws IOException {
    Gate.close(1);
    new Numbers.Position(4, 5).finalizeCheckpoint();
    assertThat(Gate.isOpen()).isFalse();
    new Numbers.Position(5, 5).finalizeCheckpoint();
    assertThat(Gate.isOpen()).isTrue();
  }

  private static UnboundedReader<Long> reader(Numbers numbers) {
    return numbers.createReader(PipelineOptionsFactory.create(), null);
  }
}
