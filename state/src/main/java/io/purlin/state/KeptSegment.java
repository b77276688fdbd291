package io.purlin.state;

import io.purlin.state.SnapshotSink.Tag;
import io.purlin.state.cold.ColdPage;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.ColdTable;
import io.purlin.state.cold.ColdTable.KeptWindow;
import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of one step in one earlier task are in a copy of the cold side, in the form of a
 * snapshot, to be read as the oldest segment: for a task that cannot take the copy over, because
 * tasks are not the same any more or have no cold side. Owned by one thread.
 */
public final class KeptSegment extends InputStream {
  /** Stands for a cell's key group, which a copy does not have. */
  static final int ANY_GROUP = KeyGroups.MOST + 1;

  private final Deque<ColdTable> tables = new ArrayDeque<>();
  private final Deque<KeptWindow> windows = new ArrayDeque<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final FrameWriter frames = new FrameWriter(bytes);
  private @Nullable ColdTable table;
  private byte @Nullable [] from;
  private boolean isEnded;
  private byte[] ready = new byte[0];
  private int at;

  /**
   * @param store that was made from the copy
   * @param step full name of the step
   * @param task which of the parallel tasks wrote it, from 0
   * @param parallelism how many there were
   * @param maxParallelism number of key groups of the job
   */
  public KeptSegment(ColdStore store, String step, int task, int parallelism, int maxParallelism)
      throws IOException {
    String start = tableName(task, step + "/");
    for (ColdTable each : store.kept()) {
      if (each.kept().name().startsWith(start)) {
        tables.add(each);
      }
    }
    SnapshotSink.writeHead(out, task, parallelism, maxParallelism);
  }

  /** What a task calls a part's table in a copy. */
  static String tableName(int task, String part) {
    return task + " " + part;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == ready.length) {
      if (isEnded && bytes.size() == 0) {
        return -1;
      }
      if (bytes.size() == 0) {
        writeMore();
      }
      ready = bytes.toByteArray();
      bytes.reset();
      at = 0;
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }

  private void writeMore() throws IOException {
    ColdTable of = table;
    KeptWindow window = windows.peek();
    if (of != null && window != null) {
      writeSome(of, window);
      return;
    }
    table = tables.poll();
    if (table == null) {
      out.writeByte(Tag.END.code());
      isEnded = true;
      return;
    }
    out.writeByte(Tag.PART.code());
    out.write(table.kept().description());
    windows.addAll(table.windows());
  }

  private void writeSome(ColdTable of, KeptWindow window) throws IOException {
    byte[] start = from;
    if (start == null) {
      start = of.bound(window.number());
      frames.frame().write(window.description());
      frames.shared();
    }
    ColdPage page = of.page(start, of.bound(window.number() + 1));
    for (int i = 0; i < page.size(); i++) {
      byte[] wholeKey = page.key(i);
      int keyBytes = wholeKey.length - ColdTable.keyStart();
      OutputStream frame = frames.frame();
      frame.write(wholeKey, ColdTable.keyStart(), keyBytes);
      frame.write(page.value(i));
      frames.cell(ANY_GROUP, keyBytes);
    }
    from = page.next();
    if (from == null) {
      windows.poll();
    }
  }
}
