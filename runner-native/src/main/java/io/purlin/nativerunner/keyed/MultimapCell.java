package io.purlin.nativerunner.keyed;

import io.purlin.state.keys.StructuralKey;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.state.MultimapState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** A multimap, whose keys are equal by their encoding; a key is there while it has values. */
@SuppressWarnings({"unchecked", "NullAway"}) // the map holds what was put, also null
final class MultimapCell<K, V> extends StateCell implements MultimapState<K, V> {
  private final StructuralKey form;
  private Map<Object, List<V>> values = new HashMap<>();

  MultimapCell(KeyedStates states, StructuralKey form) {
    super(states);
    this.form = form;
  }

  @Override
  public void put(@Nullable K key, @Nullable V value) {
    touch();
    values.computeIfAbsent(form.tableKey(key), each -> new ArrayList<>(2)).add(value);
  }

  @Override
  public void remove(@Nullable K key) {
    touch();
    values.remove(form.tableKey(key));
    emptied();
  }

  @Override
  public ReadableState<Iterable<V>> get(@Nullable K key) {
    Object tableKey = form.tableKey(key);
    return new Deferred<>(
        () ->
            Collections.unmodifiableList(
                new ArrayList<>(values.getOrDefault(tableKey, List.of()))));
  }

  @Override
  public ReadableState<Iterable<K>> keys() {
    return new Deferred<>(
        () -> {
          List<K> all = new ArrayList<>(values.size());
          values.keySet().forEach(each -> all.add((K) StructuralKey.key(each)));
          return Collections.unmodifiableList(all);
        });
  }

  @Override
  public ReadableState<Iterable<Map.Entry<K, V>>> entries() {
    return new Deferred<>(
        () -> {
          List<Map.Entry<K, V>> all = new ArrayList<>();
          values.forEach((key, list) -> list.forEach(value -> all.add(entry(key, value))));
          return Collections.unmodifiableList(all);
        });
  }

  private Map.Entry<K, V> entry(Object tableKey, V value) {
    return new AbstractMap.SimpleImmutableEntry<>((K) StructuralKey.key(tableKey), value);
  }

  @Override
  public ReadableState<Boolean> containsKey(@Nullable K key) {
    Object tableKey = form.tableKey(key);
    return new Deferred<>(() -> values.containsKey(tableKey));
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return new Deferred<>(this::isVacant);
  }

  @Override
  public void clear() {
    touch();
    values = new HashMap<>();
    emptied();
  }

  @Override
  Object content() {
    List<KV<K, V>> all = new ArrayList<>();
    values.forEach(
        (key, list) -> list.forEach(value -> all.add(KV.of((K) StructuralKey.key(key), value))));
    return all;
  }

  @Override
  void content(Object content) {
    ((Iterable<KV<K, V>>) content).forEach(each -> put(each.getKey(), each.getValue()));
  }

  @Override
  boolean isVacant() {
    return values.isEmpty();
  }
}
