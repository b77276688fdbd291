package io.purlin.nativerunner.invoke;

import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.Row;

/**
 * One output that user code gives rows to; consumers see the output's own type. Used by the task's
 * thread.
 */
final class RowReceiver implements OutputReceiver<Row> {
  private final OutputPorts ports;
  private final int output;
  private final SchemaCoder<?> coder;

  RowReceiver(OutputPorts ports, int output, SchemaCoder<?> coder) {
    this.ports = ports;
    this.output = output;
    this.coder = coder;
  }

  @Override
  public OutputBuilder<Row> builder(Row row) {
    return ports
        .builder(row)
        .setReceiver(built -> ports.emit(output, built.withValue(typed(built.getValue()))));
  }

  @Override
  public void output(Row row) {
    ports.emit(output, typed(row));
  }

  private Object typed(Row row) {
    return coder.getFromRowFunction().apply(row);
  }
}
