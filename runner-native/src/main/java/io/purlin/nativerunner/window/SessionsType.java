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

/** The sessions of a grouping's keys, a cell for each key. Owned by the task's thread. */
final class SessionsType implements CellType<SessionsOfKey> {
  private final Contents contents;
  private final String coder;
  private final String windowing;
  private final Lateness lateness;

  SessionsType(GroupingSpec spec, Contents contents, Lateness lateness) {
    this.contents = contents;
    this.coder = CoderPrint.of(spec.contentCoder());
    this.windowing = WindowingPrint.ofPanes(spec.strategy());
    this.lateness = lateness;
  }

  @Override
  public SessionsOfKey create() {
    return new SessionsOfKey();
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
  public void write(SessionsOfKey cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), contents.stored());
  }

  @Override
  public void read(SessionsOfKey cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), contents.stored(), lateness);
  }
}
