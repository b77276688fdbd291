package io.purlin.nativerunner.keyed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** A list in the order of timestamps; at the same timestamp, in the order of adding. */
final class OrderedListCell<T> extends StateCell implements OrderedListState<T> {
  private NavigableMap<Long, List<TimestampedValue<T>>> values = new TreeMap<>();

  OrderedListCell(KeyedStates states) {
    super(states);
  }

  @Override
  public void add(TimestampedValue<T> value) {
    touch();
    values.computeIfAbsent(value.getTimestamp().getMillis(), each -> new ArrayList<>(1)).add(value);
  }

  @Override
  public Iterable<TimestampedValue<T>> read() {
    return flat(values.values());
  }

  @Override
  public Iterable<TimestampedValue<T>> readRange(Instant minTimestamp, Instant limitTimestamp) {
    return flat(
        values.subMap(minTimestamp.getMillis(), true, limitTimestamp.getMillis(), false).values());
  }

  private Iterable<TimestampedValue<T>> flat(Collection<List<TimestampedValue<T>>> lists) {
    List<TimestampedValue<T>> all = new ArrayList<>();
    lists.forEach(all::addAll);
    return Collections.unmodifiableList(all);
  }

  @Override
  public void clearRange(Instant minTimestamp, Instant limitTimestamp) {
    touch();
    values.subMap(minTimestamp.getMillis(), true, limitTimestamp.getMillis(), false).clear();
    emptied();
  }

  @Override
  public OrderedListState<T> readRangeLater(Instant minTimestamp, Instant limitTimestamp) {
    return this;
  }

  @Override
  public OrderedListState<T> readLater() {
    return this;
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return new Deferred<>(this::isVacant);
  }

  @Override
  public void clear() {
    touch();
    values = new TreeMap<>();
    emptied();
  }

  @Override
  Object content() {
    return read();
  }

  @Override
  @SuppressWarnings("unchecked") // it was written by the list's coder
  void content(Object content) {
    ((Iterable<TimestampedValue<T>>) content).forEach(this::add);
  }

  @Override
  boolean isVacant() {
    return values.isEmpty();
  }
}
