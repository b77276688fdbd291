package io.purlin.nativerunner.window;

import io.purlin.nativerunner.window.pane.ContentFormat;
import io.purlin.nativerunner.window.pane.OpenWindow;
import io.purlin.state.Cell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of one key.
 *
 * <p>Owned by the task's thread. Invariant: the windows of active sessions do not overlap and are
 * in the order of time. Closed ones only remember that nothing more is accepted for exactly their
 * window. The cell is in its table as long as there is any.
 */
final class SessionsOfKey extends Cell {
  private final List<Session> active = new ArrayList<>(2);
  private final List<Session> closed = new ArrayList<>(0);

  /** The active sessions that overlap the window, in the order of time. */
  List<Session> overlapping(IntervalWindow window) {
    int first = firstEndingAfter(window.start().getMillis());
    int end = first;
    while (end < active.size()
        && active.get(end).interval().start().getMillis() < window.end().getMillis()) {
      end++;
    }
    return first == end ? List.of() : new ArrayList<>(active.subList(first, end));
  }

  private int firstEndingAfter(long millis) {
    int low = 0;
    int high = active.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (active.get(middle).interval().end().getMillis() > millis) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Adds a session that overlaps no other. */
  void add(Session session) {
    active.add(firstEndingAfter(session.interval().start().getMillis()), session);
  }

  /** The closed session of exactly this window; null if there is none. */
  @Nullable Session closedAt(IntervalWindow window) {
    for (Session each : closed) {
      if (each.interval().equals(window)) {
        return each;
      }
    }
    return null;
  }

  /** The session's trigger has finished. */
  void close(Session session) {
    active.remove(session);
    closed.add(session);
  }

  /** Takes a session out for good, and this cell out of its table with the last one. */
  void remove(Session session) {
    session.gone = true;
    active.remove(session);
    closed.remove(session);
    removeIfEmpty();
  }

  /** Takes this cell out of its table if there is no session. */
  void removeIfEmpty() {
    if (active.isEmpty() && closed.isEmpty()) {
      remove();
    }
  }

  void forEach(Consumer<Session> consumer) {
    active.forEach(consumer);
    closed.forEach(consumer);
  }

  /** Writes every session with its window. */
  void writeTo(DataOutputStream out, ContentFormat format) throws IOException {
    writeAll(active, out, format);
    writeAll(closed, out, format);
  }

  private static void writeAll(List<Session> sessions, DataOutputStream out, ContentFormat format)
      throws IOException {
    out.writeInt(sessions.size());
    for (Session each : sessions) {
      IntervalWindow.getCoder().encode(each.interval(), out);
      out.writeBoolean(each.awaitsEnd);
      each.writeTo(out, format);
    }
  }

  /** Gives what {@link #writeTo} wrote to a cell that is empty. */
  void readFrom(DataInputStream in, ContentFormat format, Lateness lateness) throws IOException {
    readAll(active, in, format, lateness);
    readAll(closed, in, format, lateness);
  }

  private void readAll(
      List<Session> sessions, DataInputStream in, ContentFormat format, Lateness lateness)
      throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      IntervalWindow window = IntervalWindow.getCoder().decode(in);
      Session session = new Session(this, new OpenWindow(window, lateness.expiryMillis(window)));
      session.awaitsEnd = in.readBoolean();
      session.readFrom(in, format);
      sessions.add(session);
    }
  }
}
