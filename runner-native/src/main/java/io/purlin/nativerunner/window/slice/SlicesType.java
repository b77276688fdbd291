package io.purlin.nativerunner.window.slice;

import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.state.CellType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** The slices of a grouping's keys, a cell for each key. Owned by the task's thread. */
final class SlicesType implements CellType<SlicesOfKey> {
  private final Contents contents;
  private final Map<String, String> prints;

  /**
   * @param prints by which cells are written, as for {@link CellType#prints}
   */
  SlicesType(Contents contents, Map<String, String> prints) {
    this.contents = contents;
    this.prints = Map.copyOf(prints);
  }

  @Override
  public SlicesOfKey create() {
    return new SlicesOfKey();
  }

  @Override
  public String kind() {
    return "slices/1";
  }

  @Override
  public Map<String, String> prints() {
    return prints;
  }

  @Override
  public void write(SlicesOfKey cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), contents.stored());
  }

  @Override
  public void read(SlicesOfKey cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), contents.stored());
  }
}
