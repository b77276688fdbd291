package io.purlin.state.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColdStoreTest {
  @TempDir Path directory;

  private ColdStore store(RocksDbPreset preset) {
    return new ColdStore(new ColdSettings(directory, 8 << 20, preset));
  }

  private static byte[] wholeKey(ColdTable table, long window, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] wholeKey = new byte[ColdTable.keyStart() + bytes.length];
    System.arraycopy(bytes, 0, wholeKey, ColdTable.keyStart(), bytes.length);
    table.writeStart(wholeKey, window);
    return wholeKey;
  }

  private static void put(ColdTable table, long window, String key, String value) {
    table.put(wholeKey(table, window, key), value.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> entries(ColdTable table, long window) {
    List<String> entries = new ArrayList<>();
    table.forEachPage(
        window,
        page -> {
          for (int i = 0; i < page.size(); i++) {
            byte[] key = page.key(i);
            int start = ColdTable.keyStart();
            entries.add(
                new String(key, start, key.length - start, StandardCharsets.UTF_8)
                    + "="
                    + new String(page.value(i), StandardCharsets.UTF_8));
          }
        });
    return entries;
  }

  @ParameterizedTest
  @EnumSource
  void entriesStandByTableAndWindow(RocksDbPreset preset) throws IOException {
    try (ColdStore store = store(preset)) {
      ColdTable one = store.table(new ColdAccesses());
      ColdTable other = store.table(new ColdAccesses());
      long first = one.newWindow();
      long second = one.newWindow();
      put(one, first, "b", "2");
      put(one, first, "a", "1");
      put(one, first, "a", "one");
      put(one, second, "a", "3");
      put(other, other.newWindow(), "a", "4");
      assertThat(entries(one, first)).containsExactly("a=one", "b=2");
      assertThat(entries(one, second)).containsExactly("a=3");
      one.delete(wholeKey(one, first, "a"));
      assertThat(one.get(wholeKey(one, first, "a"))).isNull();
      assertThat(entries(one, first)).containsExactly("b=2");
      one.deleteWindow(first);
      assertThat(entries(one, first)).isEmpty();
      assertThat(entries(one, second)).containsExactly("a=3");
      assertThat(entries(other, 0)).containsExactly("a=4");
    }
  }

  @Test
  void windowsOfManyPagesAreReadWhole() throws IOException {
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdTable table = store.table(new ColdAccesses());
      long window = table.newWindow();
      String large = "x".repeat(10_000);
      for (int i = 100; i < 300; i++) {
        put(table, window, "key" + i, large + i);
      }
      List<String> entries = entries(table, window);
      assertThat(entries).hasSize(200).doesNotHaveDuplicates();
      assertThat(entries.get(0)).isEqualTo("key100=" + large + 100);
      assertThat(entries.get(199)).isEqualTo("key299=" + large + 299);
    }
  }

  /** They may begin alike, and end where others begin. */
  @Test
  void longKeysAreFoundReadAndDeleted() throws IOException {
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdTable table = store.table(new ColdAccesses());
      long window = table.newWindow();
      long other = table.newWindow();
      int most = LongKeys.MOST_BYTES - ColdTable.keyStart();
      List<String> keys = new ArrayList<>();
      for (int length : new int[] {1, most - 1, most, most + 1, most + 2, 300_000}) {
        keys.add("k".repeat(length));
        keys.add("k".repeat(length - 1) + "l");
      }
      for (String each : keys) {
        put(table, window, each, "of " + each.length());
        put(table, other, each, "");
      }
      put(table, window, keys.get(11), "last");
      List<String> expected = new ArrayList<>();
      for (String each : keys.subList(0, 11)) {
        expected.add(each + "=of " + each.length());
      }
      expected.add(keys.get(11) + "=last");
      assertThat(entries(table, window)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(table.get(wholeKey(table, window, keys.get(11))))
          .isEqualTo("last".getBytes(StandardCharsets.UTF_8));
      assertThat(table.get(wholeKey(table, window, "k".repeat(299_999)))).isNull();
      table.delete(wholeKey(table, window, keys.get(11)));
      assertThat(entries(table, window))
          .containsExactlyInAnyOrderElementsOf(expected.subList(0, 11));
      table.deleteWindow(window);
      assertThat(entries(table, window)).isEmpty();
      assertThat(entries(table, other)).hasSize(keys.size());
    }
  }

  /** Whoever goes on from a page's end must know what was on it. */
  @Test
  void longKeysArePutInTheOrderOfTheirPlaces() throws IOException {
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdTable table = store.table(new ColdAccesses());
      long window = table.newWindow();
      for (int i = 0; i < 40; i++) {
        put(table, window, "k".repeat(20_000) + i, "");
        put(table, window, "k" + i, "x".repeat(20_000));
      }
      List<byte[]> seen = new ArrayList<>();
      byte[] from = table.bound(window);
      while (from != null) {
        ColdPage page = table.page(from, table.bound(window + 1));
        for (int i = 0; i < page.size(); i++) {
          assertThat(ColdTable.isBefore(page.key(i), from)).isFalse();
          seen.add(page.key(i));
        }
        from = page.next();
        if (from != null) {
          for (byte[] each : seen) {
            assertThat(ColdTable.isBefore(each, from)).isTrue();
          }
        }
      }
      assertThat(seen).hasSize(80).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsPutTogetherIsThereAfterwards() throws IOException {
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdTable table = store.table(new ColdAccesses());
      long window = table.newWindow();
      put(table, window, "a", "0");
      table.together(
          () -> {
            put(table, window, "a", "1");
            put(table, window, "b", "2");
          });
      table.together(() -> {});
      assertThat(entries(table, window)).containsExactly("a=1", "b=2");
      assertThatThrownBy(
              () ->
                  table.together(
                      () -> {
                        put(table, window, "c", "3");
                        throw new IllegalStateException("in between");
                      }))
          .hasMessage("in between");
      put(table, window, "d", "4");
      assertThat(entries(table, window)).containsExactly("a=1", "b=2", "c=3", "d=4");
    }
  }

  @Test
  void muchThatIsPutTogetherIsWrittenInPieces() throws IOException {
    String large = "x".repeat(1_000);
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdAccesses counts = new ColdAccesses();
      ColdTable table = store.table(counts);
      long window = table.newWindow();
      table.together(
          () -> {
            for (int i = 1_000; i < 2_000; i++) {
              put(table, window, "k" + i, large);
            }
          });
      assertThat(entries(table, window)).hasSize(1_000).allMatch(entry -> entry.endsWith(large));
      assertThat(counts.keysWritten()).isEqualTo(1_000);
      assertThat(counts.writes()).isBetween(10L, 20L);
    }
  }

  @Test
  void accessesAreCountedForTheOwner() throws IOException {
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdAccesses counts = new ColdAccesses();
      ColdAccesses others = new ColdAccesses();
      ColdTable table = store.table(counts);
      long window = table.newWindow();
      put(table, window, "a", "1");
      table.together(
          () -> {
            put(table, window, "b", "2");
            put(table, window, "c", "3");
          });
      put(store.table(others), 0, "a", "4");
      table.get(wholeKey(table, window, "a"));
      table.get(wholeKey(table, window, "d"));
      assertThat(entries(table, window)).hasSize(3);
      table.delete(wholeKey(table, window, "a"));
      table.deleteWindow(window);

      assertThat(counts.keysRead()).isEqualTo(2);
      assertThat(counts.keysFound()).isEqualTo(1);
      assertThat(counts.seeks()).isEqualTo(1);
      assertThat(counts.nexts()).isEqualTo(3);
      assertThat(counts.keysWritten()).isEqualTo(5);
      assertThat(counts.writes()).isEqualTo(4);
      assertThat(counts.rangeDeletes()).isEqualTo(1);
      assertThat(others.keysRead() + others.seeks() + others.nexts()).isZero();
      assertThat(others.keysWritten()).isEqualTo(1);
    }
  }

  @Test
  void aStoreThatIsNotUsedLeavesNoTraceAndAUsedOneNoneBehind() throws IOException {
    try (ColdStore unused = store(RocksDbPreset.DEFAULT)) {
      unused.table(new ColdAccesses()).newWindow();
      assertThat(children()).isEmpty();
    }
    try (ColdStore used = store(RocksDbPreset.DEFAULT)) {
      put(used.table(new ColdAccesses()), 0, "a", "1");
      assertThat(children()).hasSize(1);
    }
    assertThat(children()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndWhatIsInUseIsNot() throws IOException {
    Path abandoned = Files.createDirectories(directory.resolve("purlin-state-abandoned/db"));
    Files.createFile(abandoned.resolve("000001.sst"));
    Files.createFile(abandoned.resolveSibling("in-use"));
    Path foreign = Files.createDirectories(directory.resolve("purlin"));
    try (ColdStore first = store(RocksDbPreset.DEFAULT);
        ColdStore second = store(RocksDbPreset.DEFAULT)) {
      ColdTable table = first.table(new ColdAccesses());
      put(table, 0, "a", "1");
      put(second.table(new ColdAccesses()), 0, "a", "2");
      assertThat(children()).hasSize(3).doesNotContain(abandoned.getParent()).contains(foreign);
      assertThat(entries(table, 0)).containsExactly("a=1");
    }
    assertThat(children()).containsExactly(foreign);
  }

  @Test
  void aClosedStoreIsNotUsedAgain() throws IOException {
    ColdStore store = store(RocksDbPreset.DEFAULT);
    ColdTable table = store.table(new ColdAccesses());
    put(table, 0, "a", "1");
    store.close();
    store.close();
    assertThatThrownBy(() -> table.get(wholeKey(table, 0, "a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended");
    assertThat(children()).isEmpty();
  }

  @Test
  void presetsHaveTheNamesOfTheOption() {
    assertThat(Stream.of(RocksDbPreset.values()).map(RocksDbPreset::optionName))
        .containsExactly("default", "write-heavy", "read-heavy", "low-memory");
    for (RocksDbPreset each : RocksDbPreset.values()) {
      assertThat(RocksDbPreset.of(each.optionName())).isEqualTo(each);
    }
    assertThatThrownBy(() -> RocksDbPreset.of("fast")).hasMessageContaining("fast");
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  /** What a copy has of tables that nobody can find again must not become another table's. */
  @Test
  void newTablesOfAStoreThatIsMadeFromACopyAreEmpty() throws IOException {
    Path copied = directory.resolve("copied");
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdTable before = store.table(new ColdAccesses());
      ColdTable kept = store.table(new ColdAccesses(), new KeptTable("kept", new byte[0]));
      ColdTable behind = store.table(new ColdAccesses());
      put(before, before.newWindow(), "a", "1");
      put(kept, kept.newWindow(new byte[] {7}), "a", "2");
      put(behind, behind.newWindow(), "a", "3");
      store.copyTo(copied);
    }
    ColdSettings settings = new ColdSettings(directory, 8 << 20, RocksDbPreset.DEFAULT);
    try (ColdStore store = ColdStore.of(settings, ColdCopy.in(copied))) {
      for (int i = 0; i < 3; i++) {
        ColdTable table = store.table(new ColdAccesses());
        assertThat(entries(table, table.newWindow())).as("table %s", i).isEmpty();
      }
      ColdTable kept = store.table(new ColdAccesses(), new KeptTable("kept", new byte[0]));
      assertThat(kept.adopt()).hasSize(1);
      assertThat(entries(kept, 0)).containsExactly("a=2");
      store.takenOver();
      assertThat(entries(kept, 0)).containsExactly("a=2");
    }
  }

  /** Large values stand in files of their own, which a copy has as well and shares. */
  @Test
  void largeValuesAreInACopyAndStayWhenTheStoreGoesOn() throws IOException {
    Path copied = directory.resolve("copied");
    String large = "x".repeat(5_000);
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      ColdTable table = store.table(new ColdAccesses(), new KeptTable("kept", new byte[0]));
      long window = table.newWindow(new byte[] {7});
      put(table, window, "a", large + 1);
      put(table, window, "b", "small");
      store.copyTo(copied);
      put(table, window, "a", large + 2);
      assertThat(store.bytes()).isGreaterThan(large.length());
    }
    ColdCopy copy = ColdCopy.in(copied);
    assertThat(copy.files().stream().filter(each -> each.name().endsWith(".blob")))
        .isNotEmpty()
        .allMatch(ColdCopy.CopiedFile::isTable);
    ColdSettings settings = new ColdSettings(directory, 8 << 20, RocksDbPreset.DEFAULT);
    for (int i = 0; i < 2; i++) {
      try (ColdStore store = ColdStore.of(settings, copy)) {
        ColdTable kept = store.table(new ColdAccesses(), new KeptTable("kept", new byte[0]));
        assertThat(kept.adopt()).hasSize(1);
        store.takenOver();
        assertThat(entries(kept, 0)).containsExactly("a=" + large + 1, "b=small");
        put(kept, 0, "a", large + 3);
        assertThat(entries(kept, 0)).containsExactly("a=" + large + 3, "b=small");
      }
    }
  }

  @Test
  void filesOfACopyAreMergedOnceItIsTakenOver() throws IOException {
    Path copied = directory.resolve("copied");
    try (ColdStore store = store(RocksDbPreset.DEFAULT)) {
      put(store.table(new ColdAccesses()), 0, "a", "1");
      assertThat(store.read(ColdDatabase::merges)).isTrue();
      store.copyTo(copied);
    }
    ColdSettings settings = new ColdSettings(directory, 8 << 20, RocksDbPreset.DEFAULT);
    try (ColdStore store = ColdStore.of(settings, ColdCopy.in(copied))) {
      assertThat(store.read(ColdDatabase::merges)).isFalse();
      store.takenOver();
      assertThat(store.read(ColdDatabase::merges)).isTrue();
    }
  }
}
