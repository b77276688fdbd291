package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.OutputTags;
import io.purlin.nativerunner.operator.Bundle;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.Outputs;
import io.purlin.nativerunner.sideinput.JobSideInputs;
import io.purlin.nativerunner.sideinput.Reading;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Drives the operator of one DoFn as a chain would, and writes down what comes out of it:
 * "tag:value millis windows" and so on for elements, and the watermark.
 */
public final class ParDoHarness implements Outputs, Bundle {
  static final TupleTag<Object> MAIN = new TupleTag<>("main");
  static final TupleTag<Object> SIDE = new TupleTag<>("side");

  final List<String> out = new ArrayList<>();
  final List<DoFn.BundleFinalizer.Callback> callbacks = new ArrayList<>();
  public final ManualClock clock = new ManualClock(0);
  final Views views = new Views();
  final CurrentElement current = new CurrentElement();
  private final PipelineOptions options = PipelineOptionsFactory.create();
  private final Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
  private final Map<String, PCollectionView<?>> sideInputs = new HashMap<>();
  private WindowingStrategy<?, ?> windowing = WindowingStrategy.globalDefault();
  private DoFnSchemaInformation schema = DoFnSchemaInformation.create();
  private @Nullable Operator operator;
  private boolean bundleOpen;
  private boolean checkpointed;
  long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  ParDoHarness windowing(WindowingStrategy<?, ?> strategy) {
    windowing = strategy;
    return this;
  }

  ParDoHarness sideInput(String tag, PCollectionView<?> view) {
    sideInputs.put(tag, view);
    return this;
  }

  ParDoHarness schema(DoFnSchemaInformation information) {
    schema = information;
    return this;
  }

  ParDoHarness coder(TupleTag<?> tag, Coder<?> coder) {
    coders.put(tag, coder);
    return this;
  }

  ParDoHarness checkpointed() {
    checkpointed = true;
    return this;
  }

  PipelineOptions options() {
    return options;
  }

  ParDoHarness open(DoFn<?, ?> fn, Coder<?> inputCoder, CallPath path) throws Exception {
    create(fn, inputCoder, path);
    operator().open();
    return this;
  }

  Operator create(DoFn<?, ?> fn, Coder<?> inputCoder, CallPath path) {
    OutputTags tags = new OutputTags(MAIN, List.of(SIDE), coders);
    DoFnSpec spec = new DoFnSpec(fn, inputCoder, tags, sideInputs, windowing, schema);
    OperatorContext context =
        new OperatorContext(
            "step",
            3,
            0,
            1,
            128,
            current,
            this,
            this,
            clock,
            views,
            options,
            StateMemory.unlimited(),
            new Standstill());
    operator = new ParDoFactory(spec, path).create(context);
    return operator;
  }

  Operator operator() {
    if (operator == null) {
      throw new IllegalStateException("no operator was made");
    }
    return operator;
  }

  /** Whether elements enter by code of the position's own. */
  boolean isDirect() {
    return operator().entry().getClass().getName().contains("DirectStage");
  }

  /** Hands an element to the operator, in a bundle, and checks that metadata are as before. */
  ParDoHarness element(@Nullable Object value, long millis, BoundedWindow... windows) {
    return element(value, millis, PaneInfo.NO_FIRING, Marks.NONE, windows);
  }

  ParDoHarness element(
      @Nullable Object value, long millis, PaneInfo pane, Marks marks, BoundedWindow... windows) {
    begin();
    Collection<? extends BoundedWindow> all =
        windows.length == 0 ? CurrentElement.GLOBAL : List.of(windows);
    current.set(millis, all, pane, marks);
    operator().entry().receive(value);
    if (current.timestampMillis() != millis
        || !List.copyOf(current.windows()).equals(List.copyOf(all))
        || !current.pane().equals(pane)
        || !current.marks().equals(marks)) {
      throw new AssertionError("the current element was not restored");
    }
    return this;
  }

  ParDoHarness advance(long millis) {
    finish();
    operator().advanceWatermark(millis);
    while (bundleOpen) {
      finish();
      operator().advanceWatermark(millis);
    }
    return this;
  }

  ParDoHarness advanceToEnd() {
    return advance(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis());
  }

  ParDoHarness finish() {
    if (bundleOpen) {
      operator().finishBundle();
      bundleOpen = false;
    }
    return this;
  }

  @Override
  public void begin() {
    if (!bundleOpen) {
      bundleOpen = true;
      operator().startBundle();
    }
  }

  @Override
  public boolean isCheckpointed() {
    return checkpointed;
  }

  @Override
  public DoFn.BundleFinalizer finalizer() {
    return (expiry, callback) -> callbacks.add(callback);
  }

  @Override
  public Receiver receiver(int index) {
    String tag = index == 0 ? "" : "side:";
    return value -> {
      StringBuilder line = new StringBuilder(tag).append(value);
      line.append(" @").append(current.timestampMillis());
      if (!current.windows().contains(GlobalWindow.INSTANCE)) {
        line.append(' ').append(names(current.windows()));
      }
      if (!current.pane().equals(PaneInfo.NO_FIRING)) {
        line.append(' ').append(current.pane().getTiming());
      }
      if (!current.marks().equals(Marks.NONE)) {
        line.append(' ').append(current.marks().recordId());
        line.append('/').append(current.marks().recordOffset());
        line.append('/').append(current.marks().causedByDrain());
      }
      out.add(line.toString());
      current.step(99);
    };
  }

  private static List<Long> names(Collection<? extends BoundedWindow> windows) {
    return windows.stream().map(w -> w.maxTimestamp().getMillis() + 1).toList();
  }

  @Override
  public void watermark(long millis) {
    watermark = Math.max(watermark, millis);
  }

  /** Side inputs whose windows become ready when a test says so; they hold the window's end. */
  static final class Views implements JobSideInputs {
    final Set<BoundedWindow> ready = new HashSet<>();
    final Set<BoundedWindow> gone = new HashSet<>();
    private @Nullable Object content;

    void content(Object newContent) {
      content = newContent;
    }

    @Override
    public boolean isReady(PCollectionView<?> view, BoundedWindow window) {
      return ready.contains(window);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the test knows its view
    public <T> @Nullable T get(PCollectionView<T> view, BoundedWindow window) {
      return (T) content;
    }

    @Override
    public Reading reading(Collection<? extends PCollectionView<?>> views, long latenessMillis) {
      return new SideInputStore(List.of()).reading(List.of(), latenessMillis);
    }

    @Override
    public boolean isGone(PCollectionView<?> view, BoundedWindow window) {
      return gone.contains(window);
    }

    @Override
    public <T> boolean contains(PCollectionView<T> view) {
      return true;
    }

    @Override
    public boolean isEmpty() {
      return false;
    }
  }
}
