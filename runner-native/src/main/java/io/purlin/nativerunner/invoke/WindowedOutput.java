package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.beam.BeamMarks;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** Takes windowed values and passes the bare values on. Owned by the task's thread. */
public final class WindowedOutput implements WindowedValueMultiReceiver {
  private final Map<TupleTag<?>, Receiver> receivers = new HashMap<>();
  private final CurrentElement current;
  private final int step;

  /**
   * @param current metadata of the element being passed
   * @param step the step whose user code calls
   * @param tags tags of the outputs, the main one first
   * @param byIndex the receiver of each output
   */
  public WindowedOutput(
      CurrentElement current, int step, List<TupleTag<?>> tags, IntFunction<Receiver> byIndex) {
    this.current = current;
    this.step = step;
    for (int i = 0; i < tags.size(); i++) {
      receivers.put(tags.get(i), byIndex.apply(i));
    }
  }

  @Override
  public <OutputT> void output(TupleTag<OutputT> tag, WindowedValue<OutputT> value) {
    Receiver receiver = receivers.get(tag);
    if (receiver == null) {
      throw new IllegalArgumentException("output to the unknown tag " + tag);
    }
    long timestamp = current.timestampMillis();
    Collection<? extends BoundedWindow> windows = current.windows();
    PaneInfo pane = current.pane();
    Marks marks = current.marks();
    current.set(
        value.getTimestamp().getMillis(),
        value.getWindows(),
        value.getPaneInfo(),
        BeamMarks.of(value));
    receiver.receive(value.getValue());
    current.set(timestamp, windows, pane, marks);
    current.step(step);
  }
}
