package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.state.CellType;
import io.purlin.state.keys.CoderPrint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** The cells of a grouping, one for each key and window. Owned by the task's thread. */
final class GroupCellType implements CellType<GroupCell> {
  private final Contents contents;
  private final String coder;
  private final String windowing;

  GroupCellType(GroupingSpec spec, Contents contents) {
    this.contents = contents;
    this.coder = CoderPrint.of(spec.contentCoder());
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
    return Map.of("coder", coder, "windowing", windowing);
  }

  @Override
  public boolean mayBePutAway(GroupCell cell) {
    return !cell.isAwaited();
  }

  @Override
  public void write(GroupCell cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), contents.stored());
  }

  @Override
  public void read(GroupCell cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), contents.stored());
  }

  @Override
  public void putAway(GroupCell cell, OutputStream out) throws IOException {
    cell.compact(contents);
    weigh(cell, out);
  }

  @Override
  public void weigh(GroupCell cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), contents.away());
  }

  @Override
  public void fetch(GroupCell cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), contents.away());
  }
}
