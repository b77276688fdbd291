package io.purlin.nativerunner.keyed;

import io.purlin.state.keys.StructuralKey;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/** The key that state and timers act on, with what tables look it up by. Owned by the scope. */
final class CurrentKey {
  private final StructuralKey form;
  private @Nullable Object key;
  private Object tableKey;
  private int hash;

  CurrentKey(Coder<?> keyCoder) {
    form = StructuralKey.of(keyCoder);
    tableKey = form.tableKey(null);
    hash = StructuralKey.hash(tableKey);
  }

  void set(@Nullable Object newKey) {
    if (newKey == key) {
      return;
    }
    Object newTableKey = form.tableKey(newKey);
    if (!newTableKey.equals(tableKey)) {
      tableKey = newTableKey;
      hash = StructuralKey.hash(newTableKey);
    }
    key = newKey;
  }

  @Nullable Object key() {
    return key;
  }

  Object tableKey() {
    return tableKey;
  }

  int hash() {
    return hash;
  }
}
