package io.purlin.nativerunner.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the memory of a process is for, in rows that add up. Sizes that are not set by anything are
 * estimated, and on the safe side. Immutable.
 */
public final class MemoryTable {
  private static final long MEBIBYTE = 1 << 20;

  // What follows was compared with jcmd VM.native_memory and the resident set: docs/operations.md.

  /** What Beam, a runner and Kafka's clients load, with room for the user's classes. */
  private static final long USUAL_METASPACE = 128 * MEBIBYTE;

  /** Of the code cache, which is large and never filled by these. */
  private static final long USUAL_CODE = 64 * MEBIBYTE;

  /** What sockets and files pass through; the libraries keep their buffers on the heap. */
  private static final long USUAL_DIRECT = 16 * MEBIBYTE;

  /** Threads of the JVM, of clients and of checkpoints. */
  private static final int OTHER_THREADS = 40;

  /** A stack is touched as far as it was used; few are used further. */
  private static final long USUAL_STACK = 128 << 10;

  /** The code of native libraries, what compilers work with, and what the allocator holds back. */
  private static final long OTHER = 64 * MEBIBYTE;

  /** Of a batch: its arrays, and elements of 64 bytes, which may be more or less. */
  private static final long BATCH = 256 * (64 + 8 + 8);

  /** A heap of which so much is given away leaves room for what comes and goes: a tenth of it. */
  private static final double MOST_OF_HEAP = 0.9;

  /**
   * A row.
   *
   * @param name what it is for
   * @param bytes how much
   * @param within whether it is a part of the row before it that is none
   * @param source what sets it
   */
  public record Row(String name, long bytes, boolean within, String source) {}

  private final MemorySizes sizes;
  private final List<Row> rows;

  private MemoryTable(MemorySizes sizes, List<Row> rows) {
    this.sizes = sizes;
    this.rows = List.copyOf(rows);
  }

  /** The table of these sizes, whether or not they fit. */
  public static MemoryTable of(MemorySizes sizes) {
    List<Row> rows = new ArrayList<>();
    long full = sizes.channels() * (long) sizes.buffersPerChannel() * BATCH;
    long exchange = Math.min(full, Math.max(0, sizes.heap() - sizes.heapState()));
    rows.add(new Row("heap", sizes.heap(), false, "-Xmx"));
    if (sizes.heapState() > 0) {
      rows.add(new Row("keyed state", sizes.heapState(), true, "--stateMemory"));
    }
    String channels = sizes.channels() + " channels, --buffersPerChannel, at most, estimated";
    rows.add(new Row("exchange buffers", exchange, true, channels));
    long rest = Math.max(0, sizes.heap() - sizes.heapState() - exchange);
    String state = sizes.heapState() > 0 ? "" : "keyed state, ";
    rows.add(new Row(state + "elements and user code", rest, true, "what is left"));
    if (sizes.managed() > 0) {
      rows.add(new Row("RocksDB", sizes.managed(), false, "--managedMemory"));
    }
    rows.add(
        sizes.metaspace() > 0
            ? new Row("classes", sizes.metaspace(), false, "-XX:MaxMetaspaceSize")
            : new Row("classes", USUAL_METASPACE, false, "estimated"));
    rows.add(new Row("compiled code", Math.min(sizes.codeCache(), USUAL_CODE), false, "estimated"));
    rows.add(
        sizes.direct() > 0
            ? new Row("direct buffers", sizes.direct(), false, "-XX:MaxDirectMemorySize")
            : new Row("direct buffers", USUAL_DIRECT, false, "estimated"));
    int threads = sizes.tasks() + OTHER_THREADS;
    rows.add(
        new Row(
            "threads",
            threads * Math.min(sizes.threadStack(), USUAL_STACK),
            false,
            threads + " threads, estimated"));
    rows.add(new Row("collector", sizes.collector().bytes(sizes.heap()), false, "estimated"));
    rows.add(new Row("JVM and libraries", OTHER, false, "estimated"));
    return new MemoryTable(sizes, rows);
  }

  /** The rows; those that are no part of another add up to {@link #total}. */
  public List<Row> rows() {
    return rows;
  }

  /** What the process may come to need, in bytes. */
  public long total() {
    return rows.stream().filter(row -> !row.within()).mapToLong(Row::bytes).sum();
  }

  /** Why not all of it fits, and what to change; null when it does. */
  public @Nullable String misfit() {
    String inHeap = misfitInHeap();
    if (inHeap != null) {
      return inHeap;
    }
    long over = total() - sizes.limit();
    if (over <= 0) {
      return null;
    }
    List<String> advice = new ArrayList<>();
    // The collector's part shrinks along with it.
    long heap = sizes.heap() - sizes.collector().heapFor(over);
    if (heap >= 64 * MEBIBYTE) {
      advice.add("-Xmx" + heap / MEBIBYTE + "m");
    }
    if (sizes.managed() - over >= 16 * MEBIBYTE) {
      advice.add("--managedMemory=" + (sizes.managed() - over));
    }
    advice.add("a limit of at least " + mebibytesUp(total()) + " MiB");
    return "The process may need "
        + mebibytesUp(total())
        + " MiB of memory, and the container or machine has "
        + sizes.limit() / MEBIBYTE
        + " MiB: it would be killed when it uses them. Give it "
        + String.join(", or ", advice)
        + ".";
  }

  private @Nullable String misfitInHeap() {
    long most = (long) (sizes.heap() * MOST_OF_HEAP);
    long given = sizes.heapState();
    return given <= most
        ? null
        : "Keyed state may need "
            + mebibytesUp(given)
            + " MiB of the heap, which is "
            + sizes.heap() / MEBIBYTE
            + " MiB and must keep a tenth for all else. Give it -Xmx"
            + mebibytesUp((long) Math.ceil(given / MOST_OF_HEAP))
            + "m, or lower --stateMemory.";
  }

  private static long mebibytesUp(long bytes) {
    return (bytes + MEBIBYTE - 1) / MEBIBYTE;
  }

  /** The table for people: a line for each row that is no part of another, and their sum. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      if (!row.within()) {
        text.append(line(row.name(), row.bytes(), source(row)));
      }
    }
    String limit = "of the " + mebibytes(sizes.limit()) + " that the container or machine has";
    return text.append(line("together", total(), limit)).toString().stripTrailing();
  }

  /** What sets a row; the heap is the one that has parts. */
  private String source(Row row) {
    if (!row.equals(rows.get(0))) {
      return row.source();
    }
    return row.source()
        + ": "
        + rows.stream()
            .filter(Row::within)
            .map(part -> part.name() + " " + mebibytes(part.bytes()))
            .collect(Collectors.joining("; "));
  }

  private static String line(String name, long bytes, String source) {
    return String.format(Locale.ROOT, "%-18s%11s MiB  %s%n", name, mebibytes(bytes), source);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / (double) MEBIBYTE);
  }
}
