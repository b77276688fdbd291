package io.purlin.nativerunner.invoke;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;

/** All outputs as user code sees them. Used by the task's thread; lives as long as the DoFn. */
final class TaggedReceivers implements MultiOutputReceiver {
  private final OutputPorts ports;
  private final OutputTags tags;
  private final List<PortReceiver> receivers;

  TaggedReceivers(OutputPorts ports, OutputTags tags) {
    this.ports = ports;
    this.tags = tags;
    this.receivers =
        IntStream.range(0, tags.count()).mapToObj(i -> new PortReceiver(ports, i)).toList();
  }

  /** The main output. */
  PortReceiver main() {
    return receivers.get(0);
  }

  /** The main output for rows. */
  OutputReceiver<Row> mainRows() {
    return getRowReceiver(tags.main());
  }

  @Override
  @SuppressWarnings("unchecked") // a tag says what its output takes
  public <T> OutputReceiver<T> get(TupleTag<T> tag) {
    return (OutputReceiver<T>) receivers.get(ports.index(tag));
  }

  @Override
  public <T> OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
    int index = ports.index(tag);
    Coder<?> coder = tags.coders().get(tag);
    if (coder instanceof SchemaCoder<?> withSchema) {
      return new RowReceiver(ports, index, withSchema);
    }
    throw new IllegalStateException(
        "output " + tag + " must have a schema to take rows, but has " + coder);
  }
}
