package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purlin.nativerunner.metrics.Consumed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedSourceFactoryTest {
  private final Reading reading = new Reading();

  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "2, true", "4, true", "4, false"})
  void tasksReadEverythingOnce(int parallelism, boolean sizeKnown) throws Exception {
    RangeSource source = new RangeSource(0, 1_000, sizeKnown);
    List<SourceReader> readers =
        new ArrayList<>(
            new BoundedSourceFactory(source).createReaders(reading.context(parallelism)));
    assertThat(readers).hasSize(parallelism);

    while (!readers.isEmpty()) {
      for (SourceReader reader : List.copyOf(readers)) {
        assertThat(reader.watermarkMillis())
            .isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());
        if (reading.poll(reader, 7) == SourceReader.Status.DONE) {
          readers.remove(reader);
        }
      }
    }

    assertThat(reading.values())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1_000).boxed().toList());
    assertThat(reading.emitted)
        .allSatisfy(each -> assertThat(each.value()).isEqualTo((int) each.timestampMillis()));
    assertThat(source.openReaders()).isZero();
  }

  @Test
  void aTaskThatIsSlowLeavesSplitsToTheOthers() throws Exception {
    RangeSource source = new RangeSource(0, 1_000, true);
    List<SourceReader> readers = new BoundedSourceFactory(source).createReaders(reading.context(2));
    reading.poll(readers.get(0), 1);
    int before = reading.emitted.size();
    while (reading.poll(readers.get(1), 100) != SourceReader.Status.DONE) {
      assertThat(reading.emitted).hasSizeLessThanOrEqualTo(1_000);
    }

    // One of eight splits is with the slow task, the seven others are not.
    assertThat(reading.emitted.size() - before).isBetween(870, 880);
    readers.get(0).close();
    assertThat(source.openReaders()).isZero();
  }

  @Test
  void howMuchIsReadIsSaidBySplitsAndTheirReaders() throws Exception {
    RangeSource source = new RangeSource(0, 1_000, true);
    List<SourceReader> readers = new BoundedSourceFactory(source).createReaders(reading.context(2));
    assertThat(consumed(readers)).isZero();
    reading.poll(readers.get(0), 50);
    assertThat(consumed(readers)).isCloseTo(0.05, within(0.001));
    while (reading.poll(readers.get(1), 100) != SourceReader.Status.DONE) {
      assertThat(consumed(readers)).isLessThan(1);
    }
    assertThat(consumed(readers)).isCloseTo(0.925, within(0.001));
    readers.get(0).close();
    assertThat(consumed(readers)).isCloseTo(0.875, within(0.001));
  }

  @Test
  void ofOneSplitWhoseReaderDoesNotKnowNobodyKnows() throws Exception {
    RangeSource source = new RangeSource(0, 100, false);
    List<SourceReader> readers = new BoundedSourceFactory(source).createReaders(reading.context(1));
    reading.poll(readers.get(0), 50);
    assertThat(consumed(readers)).isNegative();
    while (reading.poll(readers.get(0), 50) != SourceReader.Status.DONE) {
      assertThat(reading.emitted).hasSizeLessThanOrEqualTo(100);
    }
    assertThat(consumed(readers)).isEqualTo(1);
  }

  @Test
  void anImpulseIsNothingThatIsCounted() {
    assertThat(
            new ImpulseFactory()
                .createReaders(reading.context(2)).stream()
                    .map(SourceReader::consumed)
                    .reduce(new Consumed(1, 4), Consumed::plus))
        .isEqualTo(new Consumed(1, 4));
    assertThat(Consumed.NOTHING.fraction()).isNegative();
    assertThat(Consumed.UNKNOWN.plus(new Consumed(1, 4)).fraction()).isNegative();
  }

  private static double consumed(List<SourceReader> readers) {
    return readers.stream()
        .map(SourceReader::consumed)
        .reduce(Consumed.NOTHING, Consumed::plus)
        .fraction();
  }

  @Test
  void oneTaskReadsInOrder() throws Exception {
    SourceReader reader =
        new BoundedSourceFactory(new RangeSource(0, 100, true))
            .createReaders(reading.context(1))
            .get(0);
    while (reading.poll(reader, 9) != SourceReader.Status.DONE) {
      assertThat(reading.emitted).hasSizeLessThanOrEqualTo(100);
    }

    assertThat(reading.values())
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void impulseComesFromTheFirstTaskAlone() throws Exception {
    List<SourceReader> readers = new ImpulseFactory().createReaders(reading.context(3));
    for (SourceReader reader : readers) {
      assertThat(reading.poll(reader, 10)).isEqualTo(SourceReader.Status.DONE);
    }

    assertThat(reading.emitted)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.value()).isEqualTo(new byte[0]);
              assertThat(each.timestampMillis())
                  .isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());
            });
  }
}
