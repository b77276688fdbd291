package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.io.CountingSource;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that are made from positions read on, with nothing left out and nothing twice. */
class PositionsTest {
  private static final long ELEMENTS = 1_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aBoundedSourceIsReadOnWithAnyParallelism(long seed) throws Exception {
    Random random = new Random(seed);
    SourceFactory factory = new BoundedSourceFactory(CountingSource.upTo(ELEMENTS));
    Reading reading = new Reading();
    List<SourceReader> readers = factory.createReaders(reading.context(1 + random.nextInt(3)));
    int restarts = 0;
    while (!readOn(readers, reading, random)) {
      List<byte[]> positions = positions(readers);
      // What is read after the positions were taken is forgotten, as after a crash.
      List<Reading.Emitted> before = List.copyOf(reading.emitted);
      readOn(readers, reading, random);
      reading.emitted.clear();
      reading.emitted.addAll(before);
      for (SourceReader reader : readers) {
        reader.close();
      }
      readers = factory.createReaders(reading.context(1 + random.nextInt(3)), positions);
      // Once more, before anything is read on.
      readers = factory.createReaders(reading.context(1 + random.nextInt(3)), positions(readers));
      restarts++;
    }

    assertThat(restarts).isPositive();
    assertThat(reading.values())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, ELEMENTS).boxed().toList());
    assertThat(
            readOn(factory.createReaders(reading.context(2), positions(readers)), reading, random))
        .as("a source that was read to its end stays so")
        .isTrue();
    assertThat(reading.emitted).hasSize((int) ELEMENTS);
  }

  @Test
  void whatIsSkippedIsNotCountedAgain() throws Exception {
    SourceFactory factory = new BoundedSourceFactory(CountingSource.upTo(ELEMENTS));
    Reading reading = new Reading();
    MetricsContainerImpl container = new MetricsContainerImpl("Read");
    MetricsContainer before = MetricsEnvironment.setCurrentContainer(container);
    try {
      List<SourceReader> readers = factory.createReaders(reading.context(1));
      reading.poll(readers.get(0), 40);
      readers = factory.createReaders(reading.context(1), positions(readers));
      while (reading.poll(readers.get(0), 40) != SourceReader.Status.DONE) {
        assertThat(reading.emitted).hasSizeLessThanOrEqualTo((int) ELEMENTS);
      }
    } finally {
      MetricsEnvironment.setCurrentContainer(before);
    }
    assertThat(reading.emitted).hasSize((int) ELEMENTS);
    MetricName read = SourceMetrics.elementsRead().getName();
    assertThat(container.getCounter(read).getCumulative()).isEqualTo(ELEMENTS);
  }

  @Test
  void anUnboundedSourceIsReadOnBehindItsMarks() throws Exception {
    Random random = new Random(17);
    SourceFactory factory = new UnboundedSourceFactory(CountingSource.unbounded());
    Reading reading = new Reading();
    List<SourceReader> readers = factory.createReaders(reading.context(3));
    open(readers, reading, random);
    for (int parallelism : new int[] {2, 4, 1}) {
      List<byte[]> positions = positions(readers);
      long watermark =
          readers.stream().mapToLong(SourceReader::watermarkMillis).min().orElseThrow();
      readers = factory.createReaders(reading.context(parallelism), positions);
      assertThat(readers.stream().mapToLong(SourceReader::watermarkMillis).min().orElseThrow())
          .isEqualTo(watermark);
      open(readers, reading, random);
    }

    assertThat(reading.values()).doesNotHaveDuplicates();
    // Each of the three splits counts in steps of three: none has left a number out.
    for (long split = 0; split < 3; split++) {
      long first = split;
      List<Long> ofSplit =
          reading.values().stream().map(each -> (Long) each).filter(n -> n % 3 == first).toList();
      assertThat(ofSplit)
          .containsExactlyElementsOf(
              LongStream.range(0, ofSplit.size()).map(i -> first + 3 * i).boxed().toList());
    }
  }

  @Test
  void anImpulseIsGivenOnce() throws Exception {
    Reading reading = new Reading();
    List<SourceReader> readers = new ImpulseFactory().createReaders(reading.context(2));
    assertThat(positions(readers)).isEmpty();
    reading.poll(readers.get(0), 1);

    List<SourceReader> again =
        new ImpulseFactory().createReaders(reading.context(1), positions(readers));
    assertThat(reading.poll(again.get(0), 1)).isEqualTo(SourceReader.Status.DONE);
    assertThat(positions(again)).hasSize(1);
    assertThat(reading.emitted).hasSize(1);
  }

  private static void open(List<SourceReader> readers, Reading reading, Random random)
      throws Exception {
    for (SourceReader reader : readers) {
      reader.open();
    }
    readOn(readers, reading, random);
  }

  /** Polls at random; true when all readers are done. */
  private static boolean readOn(List<SourceReader> readers, Reading reading, Random random)
      throws Exception {
    List<SourceReader> open = new ArrayList<>(readers);
    for (int i = 0; i < 40 && !open.isEmpty(); i++) {
      SourceReader reader = open.get(random.nextInt(open.size()));
      if (reading.poll(reader, 1 + random.nextInt(9)) == SourceReader.Status.DONE) {
        open.remove(reader);
      }
    }
    return open.isEmpty();
  }

  private static List<byte[]> positions(List<SourceReader> readers) throws Exception {
    List<byte[]> positions = new ArrayList<>();
    for (SourceReader reader : readers) {
      positions.addAll(reader.positions());
    }
    return positions;
  }
}
