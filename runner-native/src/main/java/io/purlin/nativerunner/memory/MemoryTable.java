package io.purlin.nativerunner.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the memory of a process is for, in rows that add up. Sizes that are not set by anything are
 * estimated, and on the safe side. Immutable.
 */
public final class MemoryTable {
  private static final long MEBIBYTE = 1 << 20;

  /** What Beam, a runner and Kafka's clients load, with room for the user's classes. */
  private static final long USUAL_METASPACE = 160 * MEBIBYTE;

  /** Of the code cache, which is large and never filled by these. */
  private static final long USUAL_CODE = 96 * MEBIBYTE;

  /** What sockets and files pass through; the libraries keep their buffers on the heap. */
  private static final long USUAL_DIRECT = 32 * MEBIBYTE;

  /** Threads of the JVM, of clients and of checkpoints. */
  private static final int OTHER_THREADS = 40;

  /** A stack is touched as far as it was used; few are used further. */
  private static final long USUAL_STACK = 256 << 10;

  /** What a collector keeps beside the heap, as a part of it: a twentieth. */
  private static final int COLLECTOR_PART = 20;

  private static final long OTHER = 48 * MEBIBYTE;

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
    String channels = sizes.channels() + " channels, --buffersPerChannel";
    rows.add(new Row("exchange buffers", exchange, true, channels + ", at most, estimated"));
    long rest = Math.max(0, sizes.heap() - sizes.heapState() - exchange);
    String state = sizes.heapState() > 0 ? "" : "keyed state, ";
    rows.add(new Row("the rest", rest, true, state + "elements, user code"));
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
    long jvm = sizes.heap() / COLLECTOR_PART + OTHER;
    rows.add(new Row("collector and JVM", jvm, false, "estimated"));
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

  /**
   * Checks that all of it fits.
   *
   * @throws IllegalArgumentException when it does not; the message says what to change
   */
  public MemoryTable requireFit() {
    requireFitInHeap();
    long over = total() - sizes.limit();
    if (over <= 0) {
      return this;
    }
    List<String> advice = new ArrayList<>();
    // The collector's part shrinks along with it.
    long heap = sizes.heap() - over * COLLECTOR_PART / (COLLECTOR_PART + 1);
    if (heap >= 64 * MEBIBYTE) {
      advice.add("-Xmx" + heap / MEBIBYTE + "m");
    }
    if (sizes.managed() - over >= 16 * MEBIBYTE) {
      advice.add("--managedMemory=" + (sizes.managed() - over));
    }
    advice.add("a limit of at least " + mebibytesUp(total()) + " MiB");
    throw new IllegalArgumentException(
        "The process may need "
            + mebibytesUp(total())
            + " MiB of memory, and the container or machine has "
            + sizes.limit() / MEBIBYTE
            + " MiB: it would be killed when it uses them. Give it "
            + String.join(", or ", advice)
            + ".\n"
            + this);
  }

  private void requireFitInHeap() {
    long most = (long) (sizes.heap() * MOST_OF_HEAP);
    long given = sizes.heapState();
    if (given <= most) {
      return;
    }
    throw new IllegalArgumentException(
        "Keyed state may need "
            + mebibytesUp(given)
            + " MiB of the heap, which is "
            + sizes.heap() / MEBIBYTE
            + " MiB and must keep a tenth for all else. Give it -Xmx"
            + mebibytesUp((long) Math.ceil(given / MOST_OF_HEAP))
            + "m, or lower --stateMemory.\n"
            + this);
  }

  private static long mebibytesUp(long bytes) {
    return (bytes + MEBIBYTE - 1) / MEBIBYTE;
  }

  /** The table for people, a line for each row and the sum below them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(line((row.within() ? "  of it " : "") + row.name(), row.bytes(), row.source()));
    }
    text.append(line("together", total(), ""));
    text.append(line("there is", sizes.limit(), "the container's limit, or the machine's memory"));
    return text.toString().stripTrailing();
  }

  private static String line(String name, long bytes, String source) {
    return String.format(
                Locale.ROOT, "%-26s%,10.1f MiB  %s", name, bytes / (double) MEBIBYTE, source)
            .stripTrailing()
        + "\n";
  }
}
