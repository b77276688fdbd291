package io.purlin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
  private static final int GROUPS = 16;

  private static LiveTable<Integer, CountCell> table(Coder<?> keyCoder) {
    return new LiveTable<>(
        new TableSpec<>("step/count", keyCoder, VarIntCoder.of(), GROUPS, CountCell.TYPE));
  }

  private static byte[] write(LiveTable<Integer, CountCell> table, int task, int tasks)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotSink sink = new SnapshotSink(bytes, task, tasks, GROUPS);
    table.writeTo(sink);
    sink.finish();
    return bytes.toByteArray();
  }

  private static SnapshotSource source(byte[] bytes, int task, int tasks, int groups)
      throws IOException {
    return new SnapshotSource(new ByteArrayInputStream(bytes), task, tasks, groups);
  }

  /** Cells written by some tasks are read by others: each by the one that owns its key. */
  @ParameterizedTest
  @CsvSource({"1,1", "1,3", "3,1", "2,5", "5,2", "4,4", "16,7"})
  void everyCellFindsTheTaskThatOwnsItsKey(int before, int now) throws IOException {
    Random random = new Random(31L * before + now);
    KeyGroups groups = new KeyGroups(StringUtf8Coder.of(), GROUPS);
    List<LiveTable<Integer, CountCell>> tables = new ArrayList<>();
    for (int task = 0; task < before; task++) {
      tables.add(table(StringUtf8Coder.of()));
    }
    Map<String, Long> expected = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      String key = "k" + random.nextInt(200);
      int window = random.nextInt(10);
      CountCell cell = tables.get(groups.taskOf(key, before)).cell(window, key);
      if (random.nextInt(5) == 0) {
        cell.remove();
        expected.remove(window + key);
      } else {
        cell.touch();
        cell.count = i;
        expected.put(window + key, (long) i);
      }
    }
    List<byte[]> snapshots = new ArrayList<>();
    for (int task = 0; task < before; task++) {
      snapshots.add(write(tables.get(task), task, before));
    }
    Map<String, Long> actual = new HashMap<>();
    for (int task = 0; task < now; task++) {
      LiveTable<Integer, CountCell> restored = table(StringUtf8Coder.of());
      for (byte[] each : snapshots) {
        SnapshotSource source = source(each, task, now, GROUPS);
        assertThat(source.nextPart()).isEqualTo(restored.part());
        restored.readFrom(source);
        assertThat(source.nextPart()).isNull();
      }
      int owner = task;
      restored.forEach(
          cell -> {
            assertThat(groups.taskOf(cell.key(), now)).isEqualTo(owner);
            assertThat(actual.put(cell.window() + "" + cell.key(), cell.count)).isNull();
          });
    }
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void framesForAnyoneGoToExactlyOneTask() throws IOException {
    int read = 0;
    for (int now = 1; now <= 5; now++) {
      for (int task = 0; task < now; task++) {
        for (int before = 0; before < 3; before++) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          SnapshotSink sink = new SnapshotSink(bytes, before, 3, GROUPS);
          sink.begin(new PartSpec("step/waiting", "waiting/1", Map.of()));
          for (int i = 0; i < 10; i++) {
            sink.frame().write(i);
            sink.spread();
          }
          sink.finish();
          SnapshotSource source = source(bytes.toByteArray(), task, now, GROUPS);
          source.nextPart();
          while (source.nextFrame() != null) {
            read++;
          }
        }
      }
    }
    assertThat(read).isEqualTo(5 * 3 * 10);
  }

  @Test
  void whatHasChangedIsNamed() throws IOException {
    byte[] bytes = write(table(StringUtf8Coder.of()), 0, 1);
    SnapshotSource source = source(bytes, 0, 1, GROUPS);
    source.nextPart();
    assertThatThrownBy(() -> table(VarLongCoder.of()).readFrom(source))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("step/count")
        .hasMessageContaining("key coder was")
        .hasMessageContaining("StringUtf8Coder and is")
        .hasMessageContaining("VarLongCoder");
    assertThatThrownBy(() -> source(bytes, 0, 1, GROUPS + 1))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("key groups");
    Snapshottable empty = new Snapshottable() {};
    assertThatThrownBy(() -> source(bytes, 0, 1, GROUPS).restoreTo(empty, false))
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("step/count");
    source(bytes, 0, 1, GROUPS).restoreTo(empty, true);
  }

  @Test
  void whatIsCutOffIsNotRead() throws IOException {
    LiveTable<Integer, CountCell> table = table(StringUtf8Coder.of());
    table.cell(1, "a").increment();
    byte[] bytes = write(table, 0, 1);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(
              () -> {
                SnapshotSource source = source(cut, 0, 1, GROUPS);
                source.nextPart();
                table(StringUtf8Coder.of()).readFrom(source);
                source.nextPart();
              })
          .isInstanceOf(IOException.class);
    }
  }
}
