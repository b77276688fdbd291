package io.purlin.nativerunner.keyed;

import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restored cells of a state that nobody has asked for yet, as they were written: by which coders
 * they are to be read is known with the first access only. Owned by {@link KeyedStates}.
 */
final class StoredState {
  private final int maxParallelism;
  private final List<byte[]> snapshots = new ArrayList<>(1);

  StoredState(int maxParallelism) {
    this.maxParallelism = maxParallelism;
  }

  /** Keeps what is left of the source's part. */
  void add(SnapshotSource source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, 0, 1, maxParallelism);
    source.copyPartTo(sink);
    sink.finish();
    snapshots.add(bytes.toByteArray());
  }

  private SnapshotSource read(byte[] snapshot) throws IOException {
    SnapshotSource source =
        new SnapshotSource(new ByteArrayInputStream(snapshot), 0, 1, maxParallelism);
    source.nextPart();
    return source;
  }

  /** Writes everything once more. */
  void writeTo(SnapshotSink sink) throws IOException {
    for (byte[] each : snapshots) {
      read(each).copyPartTo(sink);
    }
  }

  /** Gives everything to the table that it was written from. */
  void moveTo(LiveTable<?, ?> table) throws IOException {
    for (byte[] each : snapshots) {
      table.readFrom(read(each));
    }
    snapshots.clear();
  }
}
