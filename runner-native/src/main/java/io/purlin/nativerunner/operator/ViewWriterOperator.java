package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a side input: each element is a group of all elements of a window's pane. Runs in one
 * task, whose thread drives it.
 */
public final class ViewWriterOperator implements Operator {
  private final PCollectionView<?> view;
  private final SideInputStore store;
  private final ViewForm form;
  private final CurrentElement current;
  private final Outputs outputs;
  private final String stateName;

  /**
   * @param view the side input
   * @param store where its readers find it
   * @param form of the view
   * @param context where the operator stands
   */
  public ViewWriterOperator(
      PCollectionView<?> view, SideInputStore store, ViewForm form, OperatorContext context) {
    this.view = view;
    this.store = store;
    this.form = form;
    this.current = context.current();
    this.outputs = context.outputs();
    this.stateName = context.stepName() + "/view";
  }

  @Override
  public void open() {}

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> group) || !(group.getValue() instanceof Iterable<?> elements)) {
      throw new IllegalStateException("side input " + view.getName() + " was given " + value);
    }
    Iterable<?> published = form.published(elements);
    for (BoundedWindow window : current.windows()) {
      store.publish(view, window, published);
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    store.writerWatermark(view, inputMillis);
    outputs.watermark(inputMillis);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    store.snapshot(view, stateName, sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return store.restore(view, stateName, source);
  }

  @Override
  public void close() {}
}
