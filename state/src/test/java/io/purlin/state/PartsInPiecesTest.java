package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.SnapshotSink.Extent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is changed much while another one is written does not wait on the heap. */
class PartsInPiecesTest {
  private static final int GROUPS = 16;
  private static final int CELLS = 40_000;
  private static final int MOST_WAITING_BYTES = 128 << 10;

  private final LiveTable<String, CountCell> first = table("first");
  private final LiveTable<String, CountCell> second = table("second");

  private static LiveTable<String, CountCell> table(String name) {
    return new LiveTable<>(
        new TableSpec<>(name, VarLongCoder.of(), StringUtf8Coder.of(), GROUPS, CountCell.TYPE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothAreAsTheyWereAtTheBarrier(boolean whole) throws IOException {
    Map<Long, Long> expected = new HashMap<>();
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    snapshot(before, true).finish();
    for (long key = 0; key < CELLS; key++) {
      change(first, key);
      change(second, key);
      expected.put(key, 1L);
    }

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = snapshot(bytes, whole);
    Random random = new Random(7);
    int mostNew = 0;
    for (long key = 0; key < CELLS; key++) {
      change(second, key);
      if (random.nextInt(8) == 0) {
        int size = bytes.size();
        sink.drain(1);
        mostNew = Math.max(mostNew, bytes.size() - size);
      }
    }
    long written = bytes.size();
    sink.finish();

    assertThat(written).as("bytes of the table that waits").isGreaterThan(2 * MOST_WAITING_BYTES);
    assertThat(mostNew).as("bytes that have waited").isLessThan(MOST_WAITING_BYTES);
    assertThat(restored("first", bytes)).isEqualTo(expected);
    assertThat(restored("second", bytes)).isEqualTo(expected);
  }

  private SnapshotSink snapshot(ByteArrayOutputStream bytes, boolean whole) throws IOException {
    SnapshotSink sink =
        new SnapshotSink(bytes, 0, 1, GROUPS, whole ? Extent.WHOLE : Extent.CHANGES);
    first.writeTo(sink);
    second.writeTo(sink);
    return sink;
  }

  private static void change(LiveTable<String, CountCell> table, long key) {
    table.cell("window " + key % 3, key).increment();
  }

  private static Map<Long, Long> restored(String name, ByteArrayOutputStream bytes)
      throws IOException {
    LiveTable<String, CountCell> table = table(name);
    SnapshotSource source =
        new SnapshotSource(new ByteArrayInputStream(bytes.toByteArray()), 0, 1, GROUPS);
    for (PartSpec part = source.nextPart(); part != null; part = source.nextPart()) {
      if (part.name().equals(name)) {
        table.readFrom(source);
      }
    }
    Map<Long, Long> counts = new HashMap<>();
    table.forEach(cell -> counts.put((Long) cell.key(), cell.count));
    return counts;
  }
}
