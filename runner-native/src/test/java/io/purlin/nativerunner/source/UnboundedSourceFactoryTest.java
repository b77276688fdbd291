package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.source.FeedSource.Feed;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;

class UnboundedSourceFactoryTest {
  private static final long MIN = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final Reading reading = new Reading();

  @Test
  void splitsAreDealtOutInTurn() throws Exception {
    List<Feed> feeds = feeds(5);
    for (int i = 0; i < 5; i++) {
      feeds.get(i).add(i);
    }
    List<SourceReader> readers = readers(feeds, 2);
    for (int i = 0; i < 4; i++) {
      reading.poll(readers.get(0), 10);
    }

    assertThat(reading.values()).containsExactly("n0", "n2", "n4");
  }

  @Test
  void readsABatchFromEachSplitInTurn() throws Exception {
    List<Feed> feeds = feeds(2);
    feeds.get(0).add(LongStream.range(0, 100).toArray());
    feeds.get(1).add(1_000);
    SourceReader reader = readers(feeds, 1).get(0);

    assertThat(reading.poll(reader, 3)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 3)).isEqualTo(SourceReader.Status.MORE);

    assertThat(reading.values()).containsExactly("n0", "n1", "n2", "n1000");
    assertThat(reading.emitted.get(3).timestampMillis()).isEqualTo(1_000);
    assertThat(reading.emitted).allSatisfy(e -> assertThat(e.marks()).isSameAs(Marks.NONE));
  }

  @Test
  void theWatermarkIsTheLeastOfTheSplitsAndAskedOncePerBatch() throws Exception {
    List<Feed> feeds = feeds(2);
    feeds.get(0).add(LongStream.range(0, 100).toArray());
    feeds.get(0).watermark = 50;
    feeds.get(1).watermark = 20;
    SourceReader reader = readers(feeds, 1).get(0);

    reading.poll(reader, 100);
    assertThat(reader.watermarkMillis()).isEqualTo(MIN);
    assertThat(feeds.get(0).watermarksAsked).isEqualTo(1);

    assertThat(reading.poll(reader, 100)).isEqualTo(SourceReader.Status.IDLE);
    assertThat(reader.watermarkMillis()).isEqualTo(20);

    // A source that goes back is not followed.
    feeds.get(1).watermark = 10;
    reading.poll(reader, 100);
    assertThat(reader.watermarkMillis()).isEqualTo(20);
  }

  @Test
  void isDoneWhenEverySplitIsAtTheEndOfTime() throws Exception {
    List<Feed> feeds = feeds(2);
    feeds.get(0).add(1);
    feeds.get(0).end();
    SourceReader reader = readers(feeds, 1).get(0);
    assertThat(reading.poll(reader, 10)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 10)).isEqualTo(SourceReader.Status.IDLE);
    assertThat(reader.watermarkMillis()).isEqualTo(MIN);

    feeds.get(1).end();
    assertThat(reading.poll(reader, 10)).isEqualTo(SourceReader.Status.DONE);
    assertThat(reader.watermarkMillis()).isEqualTo(END);
  }

  @Test
  void whatIsLeftIsReadThoughTheWatermarkIsAtTheEndOfTime() throws Exception {
    List<Feed> feeds = feeds(1);
    feeds.get(0).add(1, 2, 3, 4);
    feeds.get(0).end();
    SourceReader reader = readers(feeds, 1).get(0);

    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reader.watermarkMillis()).isEqualTo(MIN);
    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.DONE);
    assertThat(reading.values()).containsExactly("n1", "n2", "n3", "n4");
  }

  @Test
  void aTaskWithoutSplitsIsDone() throws Exception {
    List<SourceReader> readers = readers(feeds(1), 2);

    assertThat(reading.poll(readers.get(1), 10)).isEqualTo(SourceReader.Status.DONE);
    assertThat(readers.get(1).watermarkMillis()).isEqualTo(END);
  }

  @Test
  void marksAreFinalizedBetweenBundlesOnceInAWhile() throws Exception {
    List<Feed> feeds = feeds(1);
    Feed feed = feeds.get(0);
    feed.add(1, 2);
    SourceReader reader = readers(feeds, 1).get(0);
    reading.poll(reader, 2);
    reading.clock.advance(5_000);
    feed.add(3);
    reading.poll(reader, 2);
    assertThat(feed.finalized).as("within a bundle").isEmpty();

    reader.bundleEnded();
    assertThat(feed.finalized).containsExactly(3);

    feed.add(4);
    reading.poll(reader, 2);
    reader.bundleEnded();
    assertThat(feed.finalized).as("before it is time").containsExactly(3);

    // Nothing follows for long: what was read is finalized nevertheless, and once.
    reading.clock.advance(1_000);
    reading.poll(reader, 2);
    reading.clock.advance(1_000);
    reading.poll(reader, 2);
    assertThat(feed.finalized).containsExactly(3, 4);
  }

  @Test
  void theLastMarkIsFinalizedAtTheEnd() throws Exception {
    List<Feed> feeds = feeds(1);
    Feed feed = feeds.get(0);
    feed.add(1);
    feed.end();
    SourceReader reader = readers(feeds, 1).get(0);
    reading.poll(reader, 10);
    assertThat(reading.poll(reader, 10)).isEqualTo(SourceReader.Status.DONE);
    reader.bundleEnded();

    assertThat(feed.finalized).containsExactly(1);
  }

  @Test
  void theLastMarkIsFinalizedWhenTheSourceIsDrained() throws Exception {
    List<Feed> feeds = feeds(1);
    Feed feed = feeds.get(0);
    feed.add(1, 2, 3);
    SourceReader reader = readers(feeds, 1).get(0);
    reading.poll(reader, 2);
    reader.drained();
    assertThat(feed.finalized).as("within a bundle").isEmpty();
    reader.bundleEnded();

    assertThat(feed.finalized).containsExactly(2);
  }

  @Test
  void recordIdsTravelOnlyWhereTheSourceAsksForDeduplication() throws Exception {
    List<Feed> feeds = feeds(1);
    feeds.get(0).add(7);
    SourceReader reader =
        new UnboundedSourceFactory(new FeedSource(feeds, true))
            .createReaders(reading.context(1))
            .get(0);
    reader.open();
    reading.poll(reader, 10);

    assertThat(reading.emitted)
        .singleElement()
        .satisfies(each -> assertThat(each.marks().recordId()).isEqualTo("id7"));
  }

  @Test
  void closingClosesEverySplit() throws Exception {
    List<Feed> feeds = feeds(3);
    readers(feeds, 1).get(0).close();

    assertThat(feeds).allSatisfy(feed -> assertThat(feed.closed).isTrue());
  }

  private List<SourceReader> readers(List<Feed> feeds, int parallelism) throws Exception {
    List<SourceReader> readers =
        new UnboundedSourceFactory(new FeedSource(feeds, false))
            .createReaders(reading.context(parallelism));
    for (SourceReader reader : readers) {
      reader.open();
    }
    return readers;
  }

  private static List<Feed> feeds(int count) {
    return Stream.generate(Feed::new).limit(count).toList();
  }
}
