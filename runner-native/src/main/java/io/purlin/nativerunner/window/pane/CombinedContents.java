package io.purlin.nativerunner.window.pane;

import java.util.Arrays;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/** Combine.perKey: keeps one accumulator. Calls the user's function, whose copy it owns. */
public final class CombinedContents implements Accumulators {
  private final CombineFn<Object, Object, Object> fn;
  private final ContentFormat stored;

  /**
   * @param fn the user's function; used by nobody else
   * @param stored how its accumulators are written
   */
  public CombinedContents(CombineFn<Object, Object, Object> fn, ContentFormat stored) {
    this.fn = fn;
    this.stored = stored;
  }

  @Override
  @SuppressWarnings("NullAway") // Beam declares no null here, yet values may be null
  public Object add(@Nullable Object content, @Nullable Object value) {
    try {
      return fn.addInput(content == null ? fn.createAccumulator() : content, value);
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  @Override
  public Object merge(Object content, Object other) {
    try {
      return fn.mergeAccumulators(Arrays.asList(content, other));
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  @Override
  public Object copy(Object content) {
    return stored.copy(content);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A function may change the accumulator that it extracts from, and what it returns may be a
   * part of it, so that one that stays in use is copied.
   */
  @Override
  public @Nullable Object output(@Nullable Object content, boolean keeps) {
    try {
      if (content == null) {
        return fn.extractOutput(fn.createAccumulator());
      }
      return fn.extractOutput(keeps ? copy(content) : content);
    } catch (RuntimeException e) {
      throw UserCodeException.wrap(e);
    }
  }

  @Override
  public ContentFormat stored() {
    return stored;
  }
}
