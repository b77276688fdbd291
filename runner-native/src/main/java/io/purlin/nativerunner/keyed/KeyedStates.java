package io.purlin.nativerunner.keyed;

import io.purlin.nativerunner.beam.BeamTags;
import io.purlin.nativerunner.time.WatermarkHolds;
import io.purlin.state.CellType;
import io.purlin.state.LiveTable;
import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.StateContext;
import org.apache.beam.sdk.state.WatermarkHoldState;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.jspecify.annotations.Nullable;

/**
 * State of all keys of one operator: one table for each state cell that it has named.
 *
 * <p>A state that is asked for is the live cell, made when there is none. Cells that hold nothing
 * are taken out of their tables when the key is set next, because whoever asked for them may still
 * write until then; so a table has only cells that hold something, and those of the current key.
 * Owned by the task's thread.
 */
final class KeyedStates implements StateInternals {
  private static final int MOST_UNSWEPT = 4096;

  private final KeyedScopeSpec spec;
  private final CurrentKey current;
  private final WatermarkHolds holds;
  private final String userPrefix;
  private final String systemPrefix;
  private final NamespaceCoder namespaceCoder;
  private final Map<String, LiveTable<StateNamespace, StateCell>> userTables = new HashMap<>();
  private final Map<String, LiveTable<StateNamespace, StateCell>> systemTables = new HashMap<>();
  private final List<LiveTable<StateNamespace, StateCell>> tables = new ArrayList<>();
  private final Map<String, StoredState> stored = new HashMap<>();
  private boolean userStatesAreDeclared;
  private final List<StateCell> maybeVacant = new ArrayList<>();

  KeyedStates(KeyedScopeSpec spec, CurrentKey current, WatermarkHolds holds) {
    this.spec = spec;
    this.current = current;
    this.holds = holds;
    this.userPrefix = spec.stepName() + "/user/";
    this.systemPrefix = spec.stepName() + "/system/";
    this.namespaceCoder = new NamespaceCoder(spec.windowCoder());
  }

  @Override
  public @Nullable Object getKey() {
    return current.key();
  }

  @Override
  @SuppressWarnings("unchecked") // a tag's id has one kind of state in a pipeline
  public <T extends State> T state(
      StateNamespace namespace, StateTag<T> address, StateContext<?> context) {
    boolean system = BeamTags.isSystem(address);
    LiveTable<StateNamespace, StateCell> table =
        (system ? systemTables : userTables).get(address.getId());
    if (table == null) {
      table = newTable(address, system);
    }
    StateCell cell = table.window(namespace).cellAt(current.tableKey(), current.hash());
    // What it holds may be an object that its reader changes before writing it back.
    cell.aboutToBeRead();
    cell.use(context);
    return (T) cell;
  }

  private LiveTable<StateNamespace, StateCell> newTable(StateTag<?> address, boolean system) {
    CellKinds kinds =
        new CellKinds(holds, this, spec.windowing(), userStatesAreDeclared && !system);
    address.getSpec().bind(address.getId(), kinds);
    CellType<StateCell> type = kinds.bound();
    LiveTable<StateNamespace, StateCell> table =
        new LiveTable<>(
            new TableSpec<>(
                (system ? systemPrefix : userPrefix) + address.getId(),
                spec.keyCoder(),
                namespaceCoder,
                spec.maxParallelism(),
                type),
            spec.memory());
    tables.add(table);
    (system ? systemTables : userTables).put(address.getId(), table);
    StoredState before = stored.remove(table.spec().name());
    if (before != null) {
      fill(table, before);
    }
    return table;
  }

  private void fill(LiveTable<StateNamespace, StateCell> table, StoredState before) {
    try {
      before.moveTo(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Names a state before it is asked for, so that stored cells are checked and read at once. */
  void declare(StateTag<?> address) {
    boolean system = BeamTags.isSystem(address);
    if (!(system ? systemTables : userTables).containsKey(address.getId())) {
      newTable(address, system);
    }
  }

  /** Names all states that user code will ask for: others are not restored. */
  void declareAll(Collection<? extends StateTag<?>> userStates) {
    userStatesAreDeclared = true;
    userStates.forEach(this::declare);
  }

  void snapshot(SnapshotSink sink) throws IOException {
    sweep();
    for (LiveTable<StateNamespace, StateCell> each : tables) {
      each.writeTo(sink);
    }
    for (StoredState each : stored.values()) {
      each.writeTo(sink);
    }
  }

  boolean restore(SnapshotSource source) throws IOException {
    PartSpec part = source.part();
    boolean system = part.name().startsWith(systemPrefix);
    if (!system && !part.name().startsWith(userPrefix)) {
      return false;
    }
    String id = part.name().substring((system ? systemPrefix : userPrefix).length());
    if (part.kind().equals(CellKinds.HOLD)) {
      // Holds count from the first moment on, so they cannot wait to be asked for.
      declare(holdTag(id, part, system));
    }
    LiveTable<StateNamespace, StateCell> table = (system ? systemTables : userTables).get(id);
    if (table != null) {
      table.readFrom(source);
      sweep();
      return true;
    }
    if (!system && userStatesAreDeclared) {
      return false;
    }
    stored.computeIfAbsent(part.name(), n -> new StoredState(spec.maxParallelism())).add(source);
    return true;
  }

  private static StateTag<?> holdTag(String id, PartSpec part, boolean system) {
    TimestampCombiner combiner =
        TimestampCombiner.valueOf(part.prints().get(CellKinds.TIMESTAMP_COMBINER));
    StateTag<WatermarkHoldState> tag = StateTags.watermarkStateInternal(id, combiner);
    return system ? StateTags.makeSystemTagInternal(tag) : tag;
  }

  /** Everything that was stored has been offered. */
  void restored() {
    tables.forEach(LiveTable::restored);
  }

  /** Clears all state of the current key in a namespace. */
  void clear(StateNamespace namespace) {
    tables.forEach(table -> clear(table, namespace));
  }

  private void clear(LiveTable<StateNamespace, StateCell> table, StateNamespace namespace) {
    WindowCells<StateNamespace, StateCell> cells = table.windowIfAny(namespace);
    StateCell cell = cells == null ? null : cells.findAt(current.tableKey(), current.hash());
    if (cell != null) {
      cell.clear();
    }
  }

  /** A cell is new, or has been cleared. */
  void maybeVacant(StateCell cell) {
    if (maybeVacant.size() == MOST_UNSWEPT) {
      // Cells that are read by the thousand: none but the last holds nothing.
      maybeVacant.removeIf(StateCell::isNotVacant);
    }
    maybeVacant.add(cell);
  }

  /** The current key is about to change: its cells are no longer used. */
  void release() {
    sweep();
    for (int i = 0; i < tables.size(); i++) {
      tables.get(i).relieve();
    }
  }

  /** Takes the cells that hold nothing out of their tables. */
  void sweep() {
    if (maybeVacant.isEmpty()) {
      return;
    }
    for (int i = 0; i < maybeVacant.size(); i++) {
      maybeVacant.get(i).removeIfVacant();
    }
    maybeVacant.clear();
  }

  /** Number of cells in all tables, for tests. */
  long cellCount() {
    sweep();
    return tables.stream().mapToLong(LiveTable::cellCount).sum();
  }
}
