package io.purlin.nativerunner.window.pane;

import org.jspecify.annotations.Nullable;

/** Combine.perKey after the exchange: the values that come are accumulators already. */
public final class AccumulatorContents implements Contents {
  private final CombinedContents combined;

  /**
   * @param combined of the function that made the accumulators
   */
  public AccumulatorContents(CombinedContents combined) {
    this.combined = combined;
  }

  @Override
  public Object add(@Nullable Object content, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("an accumulator must not be null");
    }
    return content == null ? value : combined.merge(content, value);
  }

  @Override
  public Object merge(Object content, Object other) {
    return combined.merge(content, other);
  }

  @Override
  public @Nullable Object output(@Nullable Object content, boolean keeps) {
    return combined.output(content, keeps);
  }

  @Override
  public ContentFormat stored() {
    return combined.stored();
  }
}
