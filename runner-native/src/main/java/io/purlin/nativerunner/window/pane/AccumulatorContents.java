package io.purlin.nativerunner.window.pane;

import org.jspecify.annotations.Nullable;

/** Combine.perKey after the exchange: the values that come are accumulators already. */
public final class AccumulatorContents implements Accumulators {
  private final CombinedContents combined;
  private final boolean shared;

  /**
   * @param combined of the function that made the accumulators
   * @param shared whether a value is added to several contents, none of which may then become it
   */
  public AccumulatorContents(CombinedContents combined, boolean shared) {
    this.combined = combined;
    this.shared = shared;
  }

  @Override
  public Object add(@Nullable Object content, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("an accumulator must not be null");
    }
    Object own = shared ? combined.copy(value) : value;
    return content == null ? own : combined.merge(content, own);
  }

  @Override
  public Object merge(Object content, Object other) {
    return combined.merge(content, other);
  }

  @Override
  public Object copy(Object content) {
    return combined.copy(content);
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
