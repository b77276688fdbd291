package io.purlin.nativerunner.window.merging;

import io.purlin.nativerunner.window.pane.ContentFormat;
import io.purlin.state.CellType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** The windows of a grouping's keys that merge, a cell for each key. Owned by the task's thread. */
public final class WindowsOfKeyType implements CellType<WindowsOfKey> {
  private final ContentFormat stored;
  private final Coder<BoundedWindow> windowCoder;
  private final ToLongFunction<BoundedWindow> expiry;
  private final Map<String, String> prints;

  /**
   * @param stored how contents are written
   * @param windowCoder of the windows
   * @param expiry when a window is over for good, in event-time milliseconds
   * @param prints what must be the same when the cells are read again
   */
  public WindowsOfKeyType(
      ContentFormat stored,
      Coder<BoundedWindow> windowCoder,
      ToLongFunction<BoundedWindow> expiry,
      Map<String, String> prints) {
    this.stored = stored;
    this.windowCoder = windowCoder;
    this.expiry = expiry;
    this.prints = Map.copyOf(prints);
  }

  @Override
  public WindowsOfKey create() {
    return new WindowsOfKey();
  }

  @Override
  public String kind() {
    return "sessions/1";
  }

  @Override
  public Map<String, String> prints() {
    return prints;
  }

  @Override
  public void write(WindowsOfKey cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), windowCoder, stored);
  }

  @Override
  public void read(WindowsOfKey cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), windowCoder, stored, expiry);
  }
}
