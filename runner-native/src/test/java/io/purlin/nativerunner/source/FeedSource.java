package io.purlin.nativerunner.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** An unbounded source whose splits are fed by the test; an element's timestamp is its number. */
final class FeedSource extends UnboundedSource<String, FeedSource.Mark> {
  private static final long serialVersionUID = 1L;

  /** One split, and what became of it. Shared by all copies of the source. */
  static final class Feed {
    final ArrayDeque<Long> waiting = new ArrayDeque<>();
    final List<Integer> finalized = new ArrayList<>();
    long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    int read;
    int watermarksAsked;
    boolean closed;

    void add(long... numbers) {
      for (long number : numbers) {
        waiting.add(number);
      }
    }

    void end() {
      watermark = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();
    }
  }

  /** Remembers how many elements had been read. */
  record Mark(Feed feed, int read) implements UnboundedSource.CheckpointMark {
    @Override
    public void finalizeCheckpoint() {
      feed.finalized.add(read);
    }
  }

  private final transient List<Feed> feeds;
  private final boolean deduping;

  FeedSource(List<Feed> feeds, boolean deduping) {
    this.feeds = feeds;
    this.deduping = deduping;
  }

  @Override
  public List<FeedSource> split(int desiredNumSplits, PipelineOptions options) {
    return feeds.stream().map(feed -> new FeedSource(List.of(feed), deduping)).toList();
  }

  @Override
  public UnboundedReader<String> createReader(PipelineOptions options, @Nullable Mark mark) {
    return new Reader(feeds.get(0));
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    throw new UnsupportedOperationException("marks are not kept");
  }

  @Override
  public Coder<String> getOutputCoder() {
    return StringUtf8Coder.of();
  }

  @Override
  public boolean requiresDeduping() {
    return deduping;
  }

  private final class Reader extends UnboundedReader<String> {
    private final Feed feed;
    private long number;

    Reader(Feed feed) {
      this.feed = feed;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      Long next = feed.waiting.poll();
      if (next == null) {
        return false;
      }
      number = next;
      feed.read++;
      return true;
    }

    @Override
    public String getCurrent() {
      return "n" + number;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(number);
    }

    @Override
    public byte[] getCurrentRecordId() {
      return ("id" + number).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Instant getWatermark() {
      feed.watermarksAsked++;
      return Instant.ofEpochMilli(feed.watermark);
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Mark(feed, feed.read);
    }

    @Override
    public UnboundedSource<String, ?> getCurrentSource() {
      return FeedSource.this;
    }

    @Override
    public void close() {
      feed.closed = true;
    }
  }
}
