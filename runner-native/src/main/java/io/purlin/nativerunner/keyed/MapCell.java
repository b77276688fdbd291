package io.purlin.nativerunner.keyed;

import io.purlin.state.keys.StructuralKey;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.ReadableState;
import org.apache.beam.sdk.state.ReadableStates;
import org.jspecify.annotations.Nullable;

/** A map, whose keys are equal by their encoding. */
@SuppressWarnings({"unchecked", "NullAway"}) // the map holds what was put, also null
final class MapCell<K, V> extends StateCell implements MapState<K, V> {
  private final StructuralKey form;
  private Map<Object, V> values = new HashMap<>();

  MapCell(KeyedStates states, StructuralKey form) {
    super(states);
    this.form = form;
  }

  @Override
  public void put(@Nullable K key, @Nullable V value) {
    touch();
    values.put(form.tableKey(key), value);
  }

  @Override
  public ReadableState<V> computeIfAbsent(
      @Nullable K key, Function<? super K, ? extends V> mappingFunction) {
    Object tableKey = form.tableKey(key);
    V before = values.get(tableKey);
    if (before == null) {
      V computed = mappingFunction.apply(key);
      touch();
      values.put(tableKey, computed);
    }
    return ReadableStates.immediate(before);
  }

  @Override
  public void remove(@Nullable K key) {
    touch();
    values.remove(form.tableKey(key));
    emptied();
  }

  @Override
  public ReadableState<V> get(@Nullable K key) {
    return getOrDefault(key, null);
  }

  @Override
  public ReadableState<V> getOrDefault(@Nullable K key, @Nullable V defaultValue) {
    Object tableKey = form.tableKey(key);
    return new Deferred<>(() -> values.getOrDefault(tableKey, defaultValue));
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
  public ReadableState<Iterable<V>> values() {
    return new Deferred<>(() -> Collections.unmodifiableList(new ArrayList<>(values.values())));
  }

  @Override
  public ReadableState<Iterable<Map.Entry<K, V>>> entries() {
    return new Deferred<>(
        () -> {
          List<Map.Entry<K, V>> all = new ArrayList<>(values.size());
          values.forEach(
              (key, value) ->
                  all.add(
                      new AbstractMap.SimpleImmutableEntry<>((K) StructuralKey.key(key), value)));
          return Collections.unmodifiableList(all);
        });
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
    // Keys that compare as objects are all different, as they are here.
    IdentityHashMap<K, V> plain = new IdentityHashMap<>(values.size());
    values.forEach((key, value) -> plain.put((K) StructuralKey.key(key), value));
    return plain;
  }

  @Override
  void content(Object content) {
    ((Map<K, V>) content).forEach(this::put);
  }

  @Override
  boolean isVacant() {
    return values.isEmpty();
  }
}
