package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.state.CellType;
import io.purlin.state.CoderPrint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;

/** The cells of a grouping, one for each key and window. Immutable. */
final class GroupCellType implements CellType<GroupCell> {
  private final Coder<Object> coder;
  private final String windowing;

  @SuppressWarnings("unchecked") // the contents of the spec's cells are what its coder takes
  GroupCellType(GroupingSpec spec) {
    this.coder = (Coder<Object>) spec.contentCoder();
    this.windowing = WindowingPrint.ofPanes(spec.strategy());
  }

  @Override
  public GroupCell create() {
    return new GroupCell();
  }

  @Override
  public String kind() {
    return "groups/1";
  }

  @Override
  public Map<String, String> prints() {
    return Map.of("coder", CoderPrint.of(coder), "windowing", windowing);
  }

  @Override
  public boolean mayBePutAway(GroupCell cell) {
    return !cell.isAwaited();
  }

  @Override
  public void write(GroupCell cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), coder);
  }

  @Override
  public void read(GroupCell cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), coder);
  }
}
