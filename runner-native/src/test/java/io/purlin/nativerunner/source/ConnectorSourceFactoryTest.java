package io.purlin.nativerunner.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.connector.SourceJob;
import io.purlin.sdk.connector.SourceTransform;
import io.purlin.sdk.connector.SplitOutput;
import io.purlin.sdk.connector.SplitReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.junit.jupiter.api.Test;

/** How the engine drives what a connector reads. */
class ConnectorSourceFactoryTest {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final Reading reading = new Reading();
  private final FeedTransform transform = new FeedTransform();

  /** A source whose splits are fed by the test; an element's timestamp is its number. */
  private static final class FeedTransform implements SourceTransform<Long> {
    final List<Feed> feeds = new ArrayList<>();
    Optional<List<byte[]>> positions = Optional.empty();

    @Override
    public String stepName() {
      return "Read";
    }

    @Override
    public String description() {
      return "a feed";
    }

    @Override
    public List<SplitReader<Long>> createReaders(SourceJob job) {
      positions = job.positions();
      feeds.addAll(Stream.generate(Feed::new).limit(job.parallelism()).toList());
      return List.copyOf(feeds);
    }
  }

  /** One reader, and what became of it. */
  private static final class Feed implements SplitReader<Long> {
    final ArrayDeque<Long> waiting = new ArrayDeque<>();
    final List<String> calls = new ArrayList<>();
    long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    boolean ended;

    @Override
    public void open() {
      calls.add("open");
    }

    @Override
    public int poll(SplitOutput<Long> output, int maxElements) {
      int count = 0;
      for (; count < maxElements && !waiting.isEmpty(); count++) {
        long next = waiting.remove();
        output.emit(next, next);
      }
      return count;
    }

    @Override
    public boolean hasEnded() {
      return ended;
    }

    @Override
    public long watermarkMillis() {
      return watermark;
    }

    @Override
    public List<byte[]> positions() {
      calls.add("positions");
      return List.of(new byte[] {1});
    }

    @Override
    public void positionsCommitted() {
      calls.add("committed");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private SourceReader reader(boolean checkpointed) {
    SourceContext context =
        new SourceContext("Read", 1, reading.clock, checkpointed, PipelineOptionsFactory.create());
    return new ConnectorSourceFactory<>(transform).createReaders(context).get(0);
  }

  @Test
  void elementsComeWithTheirTimes() throws Exception {
    SourceReader reader = reader(true);
    transform.feeds.get(0).waiting.addAll(List.of(1L, 2L, 3L));
    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.MORE);
    assertThat(reading.poll(reader, 2)).isEqualTo(SourceReader.Status.IDLE);

    assertThat(reading.values()).containsExactly(1L, 2L, 3L);
    assertThat(reading.emitted.get(2).timestampMillis()).isEqualTo(3);
  }

  @Test
  void theWatermarkNeverGoesBackAndEndsWithTheReader() throws Exception {
    SourceReader reader = reader(true);
    Feed feed = transform.feeds.get(0);
    feed.watermark = 20;
    assertThat(reader.watermarkMillis()).isEqualTo(20);
    feed.watermark = 10;
    assertThat(reader.watermarkMillis()).isEqualTo(20);
    feed.watermark = END;
    reading.poll(reader, 1);
    assertThat(reader.watermarkMillis()).isEqualTo(20);

    feed.ended = true;
    assertThat(reading.poll(reader, 1)).isEqualTo(SourceReader.Status.DONE);
    assertThat(reader.watermarkMillis()).isEqualTo(END);
  }

  @Test
  void withCheckpointsTheConnectorHearsOfTheirCommitsAlone() throws Exception {
    SourceReader reader = reader(true);
    Feed feed = transform.feeds.get(0);
    reader.open();
    feed.waiting.add(1L);
    reading.poll(reader, 1);
    reader.bundleEnded();
    reading.clock.advance(10_000);
    reader.bundleEnded();
    assertThat(feed.calls).containsExactly("open");

    assertThat(reader.positions()).hasSize(1);
    reader.positionsCommitted();
    reader.close();
    assertThat(feed.calls).containsExactly("open", "positions", "committed", "close");
  }

  @Test
  void withoutThemItHearsBetweenBundlesOnceInAWhileAndAtTheEnd() throws Exception {
    SourceReader reader = reader(false);
    Feed feed = transform.feeds.get(0);
    feed.waiting.add(1L);
    reading.poll(reader, 1);
    reading.clock.advance(10_000);
    assertThat(reading.poll(reader, 1)).isEqualTo(SourceReader.Status.IDLE);
    assertThat(feed.calls).as("within a bundle").isEmpty();
    reader.bundleEnded();
    reader.bundleEnded();
    assertThat(feed.calls).containsExactly("positions", "committed");

    feed.ended = true;
    reading.poll(reader, 1);
    assertThat(feed.calls).hasSize(4);
  }

  @Test
  void withoutThemItHearsOfAllThatWasReadWhenItIsDrained() throws Exception {
    SourceReader reader = reader(false);
    Feed feed = transform.feeds.get(0);
    feed.waiting.add(1L);
    reading.poll(reader, 1);
    reader.drained();
    assertThat(feed.calls).as("within a bundle").isEmpty();
    reader.bundleEnded();
    assertThat(feed.calls).containsExactly("positions", "committed");
  }

  @Test
  void positionsGoToTheConnector() {
    new ConnectorSourceFactory<>(transform)
        .createReaders(reading.context(2), List.of(new byte[] {7}));

    assertThat(transform.positions).isPresent();
    assertThat(transform.positions.get()).containsExactly(new byte[] {7});
    assertThat(transform.feeds).hasSize(2);
  }
}
