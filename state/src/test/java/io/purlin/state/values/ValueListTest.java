package io.purlin.state.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueListTest {
  private static final long CHUNK_A_VALUE = 1;
  private static final long SMALL_CHUNKS = 100 << 10;
  private static final long ALL = 1L << 40;

  @TempDir Path directory;

  private ColdStore store =
      new ColdStore(new ColdSettings(Path.of("unused"), 0, RocksDbPreset.DEFAULT));

  @BeforeEach
  void open() {
    store = new ColdStore(new ColdSettings(directory, 8 << 20, RocksDbPreset.LOW_MEMORY));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private ValueLists lists(long limitBytes) {
    return new ValueLists(
        NullableCoder.of(StringUtf8Coder.of()), store, StateMemory.limited(limitBytes, store));
  }

  @ParameterizedTest
  @ValueSource(longs = {CHUNK_A_VALUE, SMALL_CHUNKS, ALL})
  void randomWorkEqualsLists(long limitBytes) {
    Random random = new Random(limitBytes);
    ValueLists lists = lists(limitBytes);
    List<List<@Nullable String>> models = new ArrayList<>();
    List<ValueList> ours = new ArrayList<>();
    List<Iterable<@Nullable Object>> read = new ArrayList<>();
    List<List<@Nullable String>> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      models.add(new ArrayList<>());
      ours.add(lists.create());
    }
    for (int step = 0; step < 5_000; step++) {
      int at = random.nextInt(4);
      ValueList list = ours.get(at);
      List<@Nullable String> model = models.get(at);
      int action = random.nextInt(1_000);
      if (action < 900) {
        String value = random.nextInt(20) == 0 ? null : "x".repeat(random.nextInt(40)) + step;
        list.add(value);
        model.add(value);
      } else if (action < 920) {
        ours.set(at, throughTheColdSide(lists, list));
      } else if (action < 930) {
        read.add(list.read(true));
        expected.add(new ArrayList<>(model));
      } else if (action < 932) {
        read.add(list.read(false));
        expected.add(model);
        ours.set(at, lists.create());
        models.set(at, new ArrayList<>());
      } else if (action < 934) {
        int other = (at + 1) % 4;
        list.addAll(ours.get(other));
        model.addAll(models.get(other));
        ours.set(other, lists.create());
        models.set(other, new ArrayList<>());
      }
      assertThat(ours.get(at).size()).isEqualTo(models.get(at).size());
    }
    assertThat(read).hasSizeGreaterThan(10);
    for (int i = 0; i < read.size(); i++) {
      assertThat(new ArrayList<>(values(read.get(i)))).isEqualTo(expected.get(i));
      assertThat(values(read.get(i))).as("once more").isEqualTo(expected.get(i));
    }
  }

  private static List<@Nullable Object> values(Iterable<@Nullable Object> values) {
    List<@Nullable Object> all = new ArrayList<>();
    values.forEach(all::add);
    return all;
  }

  private static ValueList throughTheColdSide(ValueLists lists, ValueList list) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      list.compact();
      lists.putAway(list, bytes);
      return lists.fetch(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {CHUNK_A_VALUE, SMALL_CHUNKS, ALL})
  void isWrittenAsBeamWritesLists(long limitBytes) throws IOException {
    ValueLists lists = lists(limitBytes);
    ValueList list = lists.create();
    // Single values as chunks are read in several pages.
    List<String> values = IntStream.range(0, 20_000).mapToObj(i -> "value " + i).toList();
    values.forEach(list::add);
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    lists.write(list, ours);
    ListCoder<String> coder = ListCoder.of(NullableCoder.of(StringUtf8Coder.of()));
    ByteArrayOutputStream beams = new ByteArrayOutputStream();
    coder.encode(values, beams);
    assertThat(ours.toByteArray()).isEqualTo(beams.toByteArray());
    ValueList again = lists.read(new ByteArrayInputStream(ours.toByteArray()));
    assertThat(values(again.read(false))).containsExactlyElementsOf(values);
  }

  @Test
  void valuesWithoutBytesAreCounted() {
    ValueLists lists =
        new ValueLists(VoidCoder.of(), store, StateMemory.limited(CHUNK_A_VALUE, store));
    ValueList list = lists.create();
    for (int i = 0; i < 1_000; i++) {
      list.add(null);
    }
    assertThat(values(list.read(false))).hasSize(1_000);
  }

  @Test
  void aMillionValuesAreReadInOrder() {
    ValueLists lists =
        new ValueLists(VarLongCoder.of(), store, StateMemory.limited(SMALL_CHUNKS, store));
    ValueList list = lists.create();
    for (long i = 0; i < 1_000_000; i++) {
      list.add(i);
    }
    assertThat(list.tail().size()).isLessThan(1_000);
    Iterable<@Nullable Object> read = list.read(false);
    for (int round = 0; round < 2; round++) {
      long next = 0;
      for (Object each : read) {
        assertThat((Long) each).isEqualTo(next++);
      }
      assertThat(next).isEqualTo(1_000_000);
    }
  }
}
