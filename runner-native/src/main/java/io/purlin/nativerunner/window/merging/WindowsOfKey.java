package io.purlin.nativerunner.window.merging;

import io.purlin.nativerunner.window.pane.ContentFormat;
import io.purlin.nativerunner.window.pane.OpenWindow;
import io.purlin.state.Cell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * All windows of one key, of a function whose windows merge.
 *
 * <p>Owned by the task's thread. Active ones are in the order that the function's {@link
 * WindowMerging} gives them. Closed ones only remember that nothing more is accepted for exactly
 * their window. The cell is in its table as long as there is any.
 */
public final class WindowsOfKey extends Cell {
  private final List<ActiveWindow> active = new ArrayList<>(2);
  private final List<ActiveWindow> closed = new ArrayList<>(0);

  /** The active ones; not to be changed. */
  public List<ActiveWindow> active() {
    return active;
  }

  /** Adds an active window at its place. */
  public void add(ActiveWindow window, WindowMerging merging) {
    active.add(merging.place(active, window.open.window), window);
  }

  /** The closed window that is equal to this one; null if there is none. */
  public @Nullable ActiveWindow closedAt(BoundedWindow window) {
    for (ActiveWindow each : closed) {
      if (each.open.window.equals(window)) {
        return each;
      }
    }
    return null;
  }

  /** The window's trigger has finished. */
  public void close(ActiveWindow window) {
    active.remove(window);
    closed.add(window);
  }

  /** Takes a window out for good, and this cell out of its table with the last one. */
  public void remove(ActiveWindow window) {
    window.gone = true;
    active.remove(window);
    closed.remove(window);
    removeIfEmpty();
  }

  /** Takes this cell out of its table if there is no window. */
  public void removeIfEmpty() {
    if (active.isEmpty() && closed.isEmpty()) {
      remove();
    }
  }

  /** Visits them all, the active ones first. */
  public void forEach(Consumer<ActiveWindow> consumer) {
    active.forEach(consumer);
    closed.forEach(consumer);
  }

  /** Writes every window with what it holds. */
  void writeTo(DataOutputStream out, Coder<BoundedWindow> coder, ContentFormat format)
      throws IOException {
    writeAll(active, out, coder, format);
    writeAll(closed, out, coder, format);
  }

  private static void writeAll(
      List<ActiveWindow> windows,
      DataOutputStream out,
      Coder<BoundedWindow> coder,
      ContentFormat format)
      throws IOException {
    out.writeInt(windows.size());
    for (ActiveWindow each : windows) {
      coder.encode(each.open.window, out);
      out.writeBoolean(each.awaitsEnd);
      each.writeTo(out, format);
    }
  }

  /** Gives what {@link #writeTo} wrote to a cell that is empty. */
  void readFrom(
      DataInputStream in,
      Coder<BoundedWindow> coder,
      ContentFormat format,
      ToLongFunction<BoundedWindow> expiry)
      throws IOException {
    readAll(active, in, coder, format, expiry);
    readAll(closed, in, coder, format, expiry);
  }

  private void readAll(
      List<ActiveWindow> windows,
      DataInputStream in,
      Coder<BoundedWindow> coder,
      ContentFormat format,
      ToLongFunction<BoundedWindow> expiry)
      throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      BoundedWindow window = coder.decode(in);
      ActiveWindow read =
          new ActiveWindow(this, new OpenWindow(window, expiry.applyAsLong(window)));
      read.awaitsEnd = in.readBoolean();
      read.readFrom(in, format);
      windows.add(read);
    }
  }
}
