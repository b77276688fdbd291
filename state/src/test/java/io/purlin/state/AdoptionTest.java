package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table that takes a copy over refuses, since cells would be lost without a word. */
class AdoptionTest {
  private static final int GROUPS = 16;
  private static final long FOLDED_SINCE = 2;

  @TempDir Path directory;
  private byte[] segment = {};
  private ColdStore store =
      new ColdStore(new ColdSettings(Path.of("unused"), 0, RocksDbPreset.LOW_MEMORY));

  /** A copy with a cell, and a segment that builds on it. */
  @BeforeEach
  void copy() throws IOException {
    Path target = directory.resolve("copy");
    try (ColdStore first = new ColdStore(settings())) {
      LiveTable<String, CountCell> table = table(first);
      table.cell("a", 1L).increment();
      write(table, new Extent(true, Extent.NONE, Extent.NONE));
      SnapshotSink folding = write(table, new Extent(false, FOLDED_SINCE, Extent.NONE));
      assertThat(folding.folds().get(0).drain(Integer.MAX_VALUE)).isTrue();
      first.copyTo(target);
      table.cell("a", 2L).increment();
      write(table, new Extent(false, Extent.NONE, FOLDED_SINCE));
    }
    store = ColdStore.of(settings(), ColdCopy.in(target));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private ColdSettings settings() {
    return new ColdSettings(directory.resolve("work"), 16 << 20, RocksDbPreset.LOW_MEMORY);
  }

  private static LiveTable<String, CountCell> table(ColdStore cold) {
    return new LiveTable<>(
        new TableSpec<>(
            "step/count", LongKeyCoder.of(), StringUtf8Coder.of(), GROUPS, CountCell.LASTING),
        StateMemory.limited(1_000_000, cold));
  }

  private SnapshotSink write(LiveTable<String, CountCell> table, Extent extent) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, 0, 1, GROUPS, extent);
    table.writeTo(sink);
    sink.finish();
    segment = bytes.toByteArray();
    return sink;
  }

  private void read(LiveTable<String, CountCell> table, SegmentFilter filter) throws IOException {
    filter.basedOn(FOLDED_SINCE);
    SnapshotSource source =
        new SnapshotSource(new ByteArrayInputStream(segment), 0, 1, GROUPS, filter);
    while (source.nextPart() != null) {
      table.readFrom(source);
    }
  }

  @Test
  void anEmptyTableHasTheCellsOfBoth() throws IOException {
    LiveTable<String, CountCell> table = table(store);
    read(table, new SegmentFilter());
    table.restored();
    assertThat(table.window("a").find(1L)).as("of the copy").isNotNull();
    assertThat(table.window("a").find(2L)).as("of the segment").isNotNull();
  }

  @Test
  void aTableThatHasCellsTakesNoCopyOver() {
    LiveTable<String, CountCell> table = table(store);
    table.cell("b", 7L).increment();
    assertThatThrownBy(() -> read(table, new SegmentFilter()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step/count")
        .hasMessageContaining("has cells already");
  }

  @Test
  void whatAnotherTaskWroteIsNotTakenInBeside() throws IOException {
    LiveTable<String, CountCell> table = table(store);
    read(table, new SegmentFilter());
    assertThatThrownBy(() -> read(table, new SegmentFilter()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step/count")
        .hasMessageContaining("another task's cells");
  }
}
