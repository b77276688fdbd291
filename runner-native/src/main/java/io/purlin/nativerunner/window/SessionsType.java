package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.state.CellType;
import io.purlin.state.CoderPrint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;

/** The sessions of a grouping's keys, a cell for each key. Owned by the task's thread. */
final class SessionsType implements CellType<SessionsOfKey> {
  private final Coder<Object> coder;
  private final String windowing;
  private final Lateness lateness;

  @SuppressWarnings("unchecked") // the contents of the spec's cells are what its coder takes
  SessionsType(GroupingSpec spec, Lateness lateness) {
    this.coder = (Coder<Object>) spec.contentCoder();
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
    return Map.of("coder", CoderPrint.of(coder), "windowing", windowing);
  }

  @Override
  public void write(SessionsOfKey cell, OutputStream out) throws IOException {
    cell.writeTo(new DataOutputStream(out), coder);
  }

  @Override
  public void read(SessionsOfKey cell, InputStream in) throws IOException {
    cell.readFrom(new DataInputStream(in), coder, lateness);
  }
}
