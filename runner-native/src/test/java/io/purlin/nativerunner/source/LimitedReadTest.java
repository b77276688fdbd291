package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.source.FeedSource.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.CountingSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;

/** Unbounded sources that are read as bounded ones. */
class LimitedReadTest {
  private static final long MIN = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final Reading reading = new Reading();

  @Test
  void itEndsAfterItsRecordsAndTheWatermarkStandsUntilThen() throws Exception {
    List<Feed> feeds = feeds(2);
    feeds.get(0).add(1, 2, 3, 4);
    feeds.get(0).watermark = 50;
    feeds.get(1).add(5, 6);
    SourceReader reader = open(feeds, 5, Long.MAX_VALUE, 1).get(0);

    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reader.watermarkMillis()).isEqualTo(MIN);
    // Three of five records are the first split's, two the second's.
    while (reading.poll(reader, 2) == SourceReader.Status.MORE) {
      assertThat(reader.watermarkMillis()).isEqualTo(MIN);
    }
    assertThat(reading.values()).containsExactlyInAnyOrder("n1", "n2", "n3", "n5", "n6");
    assertThat(reader.watermarkMillis()).isEqualTo(END);
    reader.bundleEnded();
    assertThat(feeds.get(0).finalized).containsExactly(3);
  }

  @Test
  void itWaitsForRecordsThatAreMissing() throws Exception {
    List<Feed> feeds = feeds(1);
    feeds.get(0).add(1);
    SourceReader reader = open(feeds, 2, Long.MAX_VALUE, 1).get(0);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.IDLE);
    feeds.get(0).add(2, 3);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.DONE);
    assertThat(reading.values()).containsExactly("n1", "n2");
  }

  @Test
  void allSplitsAreReadForTheSameTime() throws Exception {
    List<Feed> feeds = feeds(3);
    SourceReader reader = open(feeds, Long.MAX_VALUE, 1_000, 1).get(0);
    for (int i = 0; i < 3; i++) {
      feeds.get(i).add(i);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.MORE);
    }
    reading.clock.advance(999);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.IDLE);
    reading.clock.advance(1);
    feeds.get(0).add(7);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.DONE);
    assertThat(reading.values()).containsExactlyInAnyOrder("n0", "n1", "n2");
  }

  @Test
  void aSourceThatEndsEndsIt() throws Exception {
    List<Feed> feeds = feeds(1);
    feeds.get(0).add(1);
    feeds.get(0).end();
    SourceReader reader = open(feeds, 10, 1_000, 1).get(0);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 9)).isEqualTo(SourceReader.Status.DONE);
  }

  @Test
  void positionsHaveWhatIsLeftOfBothLimits() throws Exception {
    SourceFactory factory =
        new UnboundedSourceFactory(CountingSource.unbounded(), 25_000, Long.MAX_VALUE);
    List<SourceReader> readers = opened(factory.createReaders(reading.context(2)));
    for (int parallelism : new int[] {1, 3}) {
      for (SourceReader reader : readers) {
        reading.poll(reader, 100);
      }
      List<byte[]> positions = positions(readers);
      readers = opened(factory.createReaders(reading.context(parallelism), positions));
    }
    readToTheEnd(readers);
    assertThat(reading.values())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 25_000).boxed().toList());

    reading.emitted.clear();
    factory = new UnboundedSourceFactory(CountingSource.unbounded(), Long.MAX_VALUE, 1_000);
    readers = opened(factory.createReaders(reading.context(1)));
    List<byte[]> positions = positions(readers);
    reading.clock.advance(1_000);
    readToTheEnd(opened(factory.createReaders(reading.context(1), positions)));
    assertThat(reading.values()).as("the time goes on while the job is down").isEmpty();
  }

  private void readToTheEnd(List<SourceReader> readers) throws Exception {
    for (SourceReader reader : readers) {
      while (reading.poll(reader, 1_000) != SourceReader.Status.DONE) {
        assertThat(reading.emitted).hasSizeLessThanOrEqualTo(25_000);
      }
    }
  }

  private static List<byte[]> positions(List<SourceReader> readers) throws Exception {
    List<byte[]> positions = new ArrayList<>();
    for (SourceReader reader : readers) {
      positions.addAll(reader.positions());
    }
    return positions;
  }

  private List<SourceReader> open(List<Feed> feeds, long records, long millis, int parallelism)
      throws Exception {
    return opened(
        new UnboundedSourceFactory(new FeedSource(feeds, false), records, millis)
            .createReaders(reading.context(parallelism)));
  }

  private static List<SourceReader> opened(List<SourceReader> readers) throws Exception {
    for (SourceReader reader : readers) {
      reader.open();
    }
    return readers;
  }

  private static List<Feed> feeds(int count) {
    return Stream.generate(Feed::new).limit(count).toList();
  }
}
