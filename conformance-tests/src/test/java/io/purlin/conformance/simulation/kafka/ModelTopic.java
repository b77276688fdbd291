package io.purlin.conformance.simulation.kafka;

import java.util.ArrayList;
import java.util.List;

/** One partition: records in order, of which a reader of committed ones sees some. */
final class ModelTopic {
  /** Where a transaction stands. */
  enum Fate {
    OPEN,
    COMMITTED,
    ABORTED
  }

  /** A transaction, as its records see it. */
  static final class Transaction {
    final long sinceMillis;
    Fate fate = Fate.OPEN;
    final List<ModelTopic> topics = new ArrayList<>();

    Transaction(long sinceMillis) {
      this.sinceMillis = sinceMillis;
    }
  }

  /** An offset: a record, its bytes as Latin-1, or the mark of a transaction's end. */
  record Entry(long offset, String key, String value, Transaction of, boolean isMark) {}

  private final String name;
  private final List<Entry> entries = new ArrayList<>();

  ModelTopic(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  long append(String key, String value, Transaction of) {
    entries.add(new Entry(entries.size(), key, value, of, false));
    return entries.size() - 1L;
  }

  void mark(Transaction of) {
    entries.add(new Entry(entries.size(), "", "", of, true));
  }

  /**
   * Up to where a reader of committed records may read: the first record of an open transaction.
   */
  long stable() {
    for (Entry each : entries) {
      if (each.of().fate == Fate.OPEN) {
        return each.offset();
      }
    }
    return entries.size();
  }

  /** Committed records of a range. */
  List<Entry> committed(long from, long to) {
    return entries.subList((int) from, (int) to).stream()
        .filter(each -> !each.isMark() && each.of().fate == Fate.COMMITTED)
        .toList();
  }

  /** The records of one transaction, in order. */
  List<Entry> of(Transaction transaction) {
    List<Entry> found = new ArrayList<>();
    for (Entry each : entries) {
      if (!each.isMark() && each.of() == transaction) {
        found.add(each);
      }
    }
    return found;
  }
}
