package io.purlin.nativerunner.translate;

import org.apache.beam.sdk.io.BoundedReadFromUnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;
import org.jspecify.annotations.Nullable;

/**
 * What a bounded read of an unbounded source is told. The transform has no getters: it says all of
 * it as display data, and the source itself among them.
 */
final class ReadBounds implements DisplayData.Builder {
  private @Nullable UnboundedSource<?, ?> source;
  private long maxRecords = Long.MAX_VALUE;
  private long maxMillis = Long.MAX_VALUE;

  private ReadBounds() {}

  static ReadBounds of(BoundedReadFromUnboundedSource<?> read) {
    ReadBounds bounds = new ReadBounds();
    read.populateDisplayData(bounds);
    return bounds;
  }

  /** What is read. */
  UnboundedSource<?, ?> source() {
    if (source == null) {
      throw new IllegalStateException("a bounded read does not say what it reads");
    }
    return source;
  }

  /** How many records at most; {@link Long#MAX_VALUE}: any number. */
  long maxRecords() {
    return maxRecords;
  }

  /** For how many milliseconds at most; {@link Long#MAX_VALUE}: for ever. */
  long maxMillis() {
    return maxMillis;
  }

  @Override
  public DisplayData.Builder include(String path, HasDisplayData part) {
    if (part instanceof UnboundedSource<?, ?> found) {
      source = found;
    }
    return this;
  }

  @Override
  public DisplayData.Builder delegate(HasDisplayData part) {
    return this;
  }

  @Override
  public DisplayData.Builder add(DisplayData.ItemSpec<?> item) {
    if (item.getValue() instanceof Long value) {
      if (item.getKey().equals("maxRecords")) {
        maxRecords = value;
      } else if (item.getKey().equals("maxReadTime")) {
        maxMillis = value;
      }
    }
    return this;
  }

  @Override
  public DisplayData.Builder addIfNotNull(DisplayData.@Nullable ItemSpec<?> item) {
    return item == null || item.getValue() == null ? this : add(item);
  }

  @Override
  public <T> DisplayData.Builder addIfNotDefault(
      DisplayData.ItemSpec<T> item, @Nullable T defaultValue) {
    return add(item);
  }
}
