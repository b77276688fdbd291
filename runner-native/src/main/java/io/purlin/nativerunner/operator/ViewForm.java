package io.purlin.nativerunner.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PCollectionViews.IsSingletonView;
import org.apache.beam.sdk.values.PCollectionViews.ListViewFn2;
import org.apache.beam.sdk.values.PCollectionViews.ValueOrMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How a view's elements come to its writer, and which of a pane it publishes. Used by the tasks'
 * threads.
 */
public enum ViewForm {
  /** As they are, all of them. */
  ALL,
  /**
   * What the view holds is the latest firing. Firings that come together are in one pane here, so
   * that each element brings the number of its own, and those of the last are published.
   */
  LATEST {
    @Override
    Object sent(@Nullable Object value, long firing) {
      return KV.of(firing, value);
    }

    @Override
    Iterable<?> published(Iterable<?> elements) {
      List<@Nullable Object> last = new ArrayList<>(1);
      long latest = Long.MIN_VALUE;
      for (Object each : elements) {
        KV<?, ?> numbered = (KV<?, ?>) each;
        long number = (Long) numbered.getKey();
        if (number > latest) {
          latest = number;
          last.clear();
        }
        if (number == latest) {
          last.add(numbered.getValue());
        }
      }
      return last;
    }

    @Override
    public Coder<?> coder(Coder<?> elementCoder) {
      return KvCoder.of(VarLongCoder.of(), elementCoder);
    }
  },
  /**
   * A list with random access. Beam numbers its elements by chance in each bundle and says at the
   * end of the bundle which numbers there are. A pane that fires in between has elements without
   * their numbers, which the list would not show. So only the elements come, and are numbered anew
   * when a pane is published.
   */
  NUMBERED {
    @Override
    boolean takes(@Nullable Object value) {
      return !numbered(value).isMetadata();
    }

    @Override
    Iterable<?> published(Iterable<?> elements) {
      List<KV<Long, ValueOrMetadata<?, ?>>> published = new ArrayList<>();
      for (Object each : elements) {
        published.add(KV.of((long) published.size(), numbered(each)));
      }
      if (!published.isEmpty()) {
        OffsetRange all = new OffsetRange(0, published.size());
        published.add(KV.of(Long.MIN_VALUE, ValueOrMetadata.createMetadata(all)));
      }
      return published;
    }

    private ValueOrMetadata<?, ?> numbered(@Nullable Object value) {
      if (value instanceof KV<?, ?> pair
          && pair.getValue() instanceof ValueOrMetadata<?, ?> element) {
        return element;
      }
      throw new IllegalStateException("a list with random access was given " + value);
    }
  };

  /** The form of a view. */
  public static ViewForm of(PCollectionView<?> view) {
    if (view.getViewFn() instanceof IsSingletonView<?>) {
      return LATEST;
    }
    return view.getViewFn() instanceof ListViewFn2<?> ? NUMBERED : ALL;
  }

  /** Whether an element of the view's collection is one of the view. */
  boolean takes(@Nullable Object value) {
    return true;
  }

  /**
   * What is grouped of an element.
   *
   * @param firing number of its pane
   */
  @Nullable Object sent(@Nullable Object value, long firing) {
    return value;
  }

  /** What is published of all that {@link #sent} made for a pane. */
  Iterable<?> published(Iterable<?> elements) {
    return elements;
  }

  /** Encodes what {@link #sent} makes. */
  public Coder<?> coder(Coder<?> elementCoder) {
    return elementCoder;
  }
}
