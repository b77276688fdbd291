package io.purlin.nativerunner.source;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.metrics.Consumed;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** A source without elements, such as the union of no collections. */
public final class EmptySourceFactory implements SourceFactory {
  @Override
  public List<SourceReader> createReaders(SourceContext context) {
    return Stream.<SourceReader>generate(Reader::new).limit(context.parallelism()).toList();
  }

  @Override
  public List<SourceReader> createReaders(SourceContext context, List<byte[]> positions) {
    return createReaders(context);
  }

  /** Is done at once. */
  private static final class Reader implements SourceReader {
    @Override
    public void open() {}

    @Override
    public Status poll(Receiver receiver, CurrentElement current, int maxElements) {
      return Status.DONE;
    }

    @Override
    public List<byte[]> positions() {
      return List.of();
    }

    @Override
    public long watermarkMillis() {
      return BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();
    }

    @Override
    public Consumed consumed() {
      return Consumed.NOTHING;
    }

    @Override
    public void close() {}
  }
}
