package io.purlin.conformance.differential.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowMappingFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/**
 * Merging windows as a user may write them, of a type of its own: how long one is open hangs on the
 * element's value, and windows that overlap merge only if they are of one color. What is merged in
 * the end does not hang on the order of the elements.
 */
public final class Baskets extends WindowFn<KV<String, Integer>, Baskets.Basket> {
  private static final long serialVersionUID = 1L;
  private static final int COLORS = 2;
  private static final int LENGTHS = 4;

  private final long stepMillis;

  /**
   * @param stepMillis windows of one element are open for one to four times as long
   */
  public Baskets(long stepMillis) {
    this.stepMillis = stepMillis;
  }

  @Override
  public Collection<Basket> assignWindows(AssignContext context) {
    int value = context.element().getValue();
    long start = context.timestamp().getMillis();
    long millis = stepMillis * (1 + Math.floorMod(value, LENGTHS));
    return List.of(new Basket(Math.floorMod(value, COLORS), start, start + millis));
  }

  @Override
  public void mergeWindows(MergeContext context) throws Exception {
    List<Basket> sorted = new ArrayList<>(context.windows());
    sorted.sort(
        Comparator.<Basket>comparingInt(window -> window.color)
            .thenComparingLong(window -> window.start)
            .thenComparingLong(window -> window.end));
    List<Basket> parts = new ArrayList<>();
    for (Basket each : sorted) {
      if (!parts.isEmpty() && !span(parts).overlaps(each)) {
        merge(parts, context);
        parts.clear();
      }
      parts.add(each);
    }
    merge(parts, context);
  }

  private static void merge(List<Basket> parts, MergeContext context) throws Exception {
    if (parts.size() > 1) {
      context.merge(List.copyOf(parts), span(parts));
    }
  }

  /** From the first of some windows, in order, to the end of the longest. */
  private static Basket span(List<Basket> parts) {
    long end = parts.stream().mapToLong(window -> window.end).max().orElseThrow();
    return new Basket(parts.get(0).color, parts.get(0).start, end);
  }

  @SuppressWarnings("deprecation") // but still abstract
  @Override
  public boolean isCompatible(WindowFn<?, ?> other) {
    return equals(other);
  }

  @Override
  public Coder<Basket> windowCoder() {
    return new BasketCoder();
  }

  @Override
  public WindowMappingFn<Basket> getDefaultWindowMappingFn() {
    throw new UnsupportedOperationException("merging windows are no side input's");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Baskets baskets && baskets.stepMillis == stepMillis;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(stepMillis);
  }

  @Override
  public String toString() {
    return "Baskets(" + stepMillis + ")";
  }

  /** A time span and a color. */
  public static final class Basket extends BoundedWindow {
    private final int color;
    private final long start;
    private final long end;

    Basket(int color, long start, long end) {
      this.color = color;
      this.start = start;
      this.end = end;
    }

    /** Of a window that does not start earlier. */
    boolean overlaps(Basket later) {
      return color == later.color && later.start < end;
    }

    @Override
    public Instant maxTimestamp() {
      return Instant.ofEpochMilli(end - 1);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Basket basket
          && basket.color == color
          && basket.start == start
          && basket.end == end;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * color + Long.hashCode(start)) + Long.hashCode(end);
    }

    @Override
    public String toString() {
      return "basket " + color + " [" + start + ", " + end + ")";
    }
  }

  private static final class BasketCoder extends AtomicCoder<Basket> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Basket window, OutputStream out) throws IOException {
      VarIntCoder.of().encode(window.color, out);
      VarLongCoder.of().encode(window.start, out);
      VarLongCoder.of().encode(window.end, out);
    }

    @Override
    public Basket decode(InputStream in) throws IOException {
      return new Basket(
          VarIntCoder.of().decode(in), VarLongCoder.of().decode(in), VarLongCoder.of().decode(in));
    }

    @Override
    public void verifyDeterministic() {}

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
