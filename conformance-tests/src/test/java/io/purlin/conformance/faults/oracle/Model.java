package io.purlin.conformance.faults.oracle;

import io.purlin.conformance.faults.pipeline.ResultLine;
import io.purlin.conformance.faults.pipeline.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the job should write, computed record by record. What the source topic holds counts: a
 * broker that is killed may have taken a record twice, which is then to be worked on twice. Owned
 * by one thread.
 */
final class Model {
  private final Map<String, Totals> totals = new TreeMap<>();
  private final Map<String, List<String>> lines = new HashMap<>();
  private long records;

  /** A key's state. */
  private static final class Totals {
    long count;
    long sum;
    long hash;
    final TreeMap<Long, long[]> windows = new TreeMap<>();
  }

  /** Takes the next record of a partition in. */
  void add(SourceRecord record, long timestampMillis) {
    records++;
    Totals state = totals.computeIfAbsent(record.key(), key -> new Totals());
    state.count++;
    state.sum += record.amount();
    state.hash = ResultLine.nextHash(state.hash, state.count, state.sum);
    emit(ResultLine.TOTAL, record.key(), state.count, state.sum);
    emit(ResultLine.HASH, record.key(), state.count, state.hash);
    long start = Math.floorDiv(timestampMillis, ResultLine.WINDOW_MILLIS);
    long[] window =
        state.windows.computeIfAbsent(start * ResultLine.WINDOW_MILLIS, at -> new long[2]);
    window[0]++;
    window[1] += record.amount();
  }

  private void emit(String kind, String key, long index, long result) {
    lines
        .computeIfAbsent(ResultLine.key(kind, key), each -> new ArrayList<>())
        .add(ResultLine.value(index, result));
  }

  long records() {
    return records;
  }

  /** The results by their key, in order. All records must be in. */
  Map<String, List<String>> finish() {
    totals.forEach(
        (key, state) ->
            state.windows.forEach(
                (start, window) -> {
                  emit(ResultLine.WINDOW, key, start, window[0]);
                  emit(ResultLine.TIMER, key, start, window[1]);
                }));
    totals.clear();
    return lines;
  }
}
