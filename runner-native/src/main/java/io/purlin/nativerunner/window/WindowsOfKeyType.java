package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.state.CellType;
import io.purlin.state.keys.CoderPrint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** The windows of a grouping's keys that merge, a cell for each key. Owned by the task's thread. */
final class WindowsOfKeyType implements CellType<WindowsOfKey> {
  private final Contents contents;
  private final String coder;
  private final String windowing;
  private final Coder<BoundedWindow> windowCoder;
  private final Lateness lateness;

  WindowsOfKeyType(GroupingSpec spec, Contents contents, Lateness lateness) {
    this.contents = contents;
    this.coder = CoderPrint.of(spec.contentCoder());
    this.windowing = WindowingPrint.ofPanes(spec.strategy());
    this.windowCoder = spec.anyStrategy().getWindowFn().windowCoder();
    this.lateness = lateness;
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
    return Map.of("coder", coder, "windowing", windowing);
  }

  @Override
  public void write(WindowsOfKey cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), windowCoder, contents.stored());
  }

  @Override
  public void read(WindowsOfKey cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), windowCoder, contents.stored(), lateness);
  }
}
