package io.purlin.nativerunner.keyed;

import io.purlin.state.keys.StructuralKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.ReadableStates;
import org.apache.beam.sdk.state.SetState;
import org.jspecify.annotations.Nullable;

/** A set, whose elements are equal by their encoding. */
final class SetCell<T> extends StateCell implements SetState<T> {
  private final StructuralKey form;
  private Set<Object> elements = new HashSet<>();

  SetCell(KeyedStates states, StructuralKey form) {
    super(states);
    this.form = form;
  }

  @Override
  public ReadableState<Boolean> contains(@Nullable T element) {
    return ReadableStates.immediate(elements.contains(form.tableKey(element)));
  }

  @Override
  public ReadableState<Boolean> addIfAbsent(@Nullable T element) {
    touch();
    return ReadableStates.immediate(elements.add(form.tableKey(element)));
  }

  @Override
  public void add(@Nullable T element) {
    touch();
    elements.add(form.tableKey(element));
  }

  @Override
  public void remove(@Nullable T element) {
    touch();
    elements.remove(form.tableKey(element));
    emptied();
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the set holds what was added, also null
  public Iterable<T> read() {
    List<T> all = new ArrayList<>(elements.size());
    for (Object each : elements) {
      all.add((T) StructuralKey.key(each));
    }
    return Collections.unmodifiableList(all);
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return new Deferred<>(this::isVacant);
  }

  @Override
  public SetState<T> readLater() {
    return this;
  }

  @Override
  public void clear() {
    touch();
    elements = new HashSet<>();
    emptied();
  }

  @Override
  Object content() {
    return read();
  }

  @Override
  @SuppressWarnings("unchecked") // it was written by the set's coder
  void content(Object content) {
    ((Iterable<T>) content).forEach(this::add);
  }

  @Override
  boolean isVacant() {
    return elements.isEmpty();
  }
}
