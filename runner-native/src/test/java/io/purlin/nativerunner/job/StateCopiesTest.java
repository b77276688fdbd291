package io.purlin.nativerunner.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdAccesses;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.ColdTable;
import io.purlin.state.cold.RocksDbPreset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the state beyond the heap is copied, played without tasks. */
class StateCopiesTest {
  private static final long LIMIT = 1_000;
  private static final long COPY_BYTES = 100_000;

  @TempDir Path directory;
  private final Copying store = new Copying();
  private ColdStore cold =
      new ColdStore(new ColdSettings(Path.of("unused"), 0, RocksDbPreset.DEFAULT));
  private StateCopies copies = copies();

  @BeforeEach
  void open() {
    cold = new ColdStore(new ColdSettings(directory, 8 << 20, RocksDbPreset.LOW_MEMORY));
    copies = copies();
  }

  @AfterEach
  void close() throws IOException {
    cold.close();
  }

  private StateCopies copies() {
    StateCopies made = StateCopies.of(StateMemory.limited(LIMIT, cold), store, Extent.NONE);
    if (made == null) {
      throw new IllegalStateException("there is something beyond the heap");
    }
    return made;
  }

  /** Something is beyond the heap from now on. */
  private void putSomethingAway() {
    ColdTable table = cold.table(new ColdAccesses());
    byte[] key = table.bound(table.newWindow());
    table.put(key, key);
  }

  /** Remembers what was copied. */
  private static final class Copying extends NoCheckpoints {
    private final List<Long> copied = new ArrayList<>();
    private long bytes = COPY_BYTES;
    private boolean fails;

    @Override
    public boolean copies() {
      return true;
    }

    @Override
    public long copy(ColdStore from, long number) throws IOException {
      if (fails) {
        throw new IOException("no room");
      }
      copied.add(number);
      return bytes;
    }
  }

  @Test
  void whatIsOnTheHeapAloneIsNotCopied() {
    copies.rounds().added(100 * LIMIT, 1);
    copies.before(1);
    assertThat(copies.rounds().foldsAt()).isEqualTo(Extent.NONE);
  }

  @Test
  void aRoundBeginsWhenEnoughHasChangedAndEndsWithACopy() {
    putSomethingAway();
    copies.rounds().added(LIMIT - 1, 1);
    copies.before(1);
    assertThat(copies.rounds().foldsAt()).isEqualTo(Extent.NONE);
    copies.rounds().added(1, 1);
    copies.before(2);
    assertThat(copies.rounds().foldsAt()).isEqualTo(2);
    copies.committed(2);
    copies.before(3);
    assertThat(store.copied).containsExactly(2L);
    // The next one only when a tenth of the copy has changed.
    copies.committed(3);
    copies.rounds().added(COPY_BYTES / 10 - 1, 1);
    copies.before(4);
    assertThat(copies.rounds().foldsAt()).isEqualTo(Extent.NONE);
    copies.rounds().added(1, 1);
    copies.before(5);
    assertThat(copies.rounds().foldsAt()).isEqualTo(5);
  }

  @Test
  void aLargeCopyIsFollowedByAnotherBeforeARestartTakesLong() {
    putSomethingAway();
    store.bytes = 100L << 30;
    copies.rounds().added(LIMIT, 1);
    copies.before(1);
    copies.committed(1);
    copies.before(2);
    copies.rounds().added((64 << 20) - 1, 1);
    copies.before(3);
    assertThat(copies.rounds().foldsAt()).isEqualTo(Extent.NONE);
    copies.rounds().added(1, 1);
    copies.before(4);
    assertThat(copies.rounds().foldsAt()).isEqualTo(4);
  }

  @Test
  void manySegmentsAreEnoughAsWell() {
    putSomethingAway();
    copies.rounds().added(1, 128);
    copies.before(7);
    assertThat(copies.rounds().foldsAt()).isEqualTo(7);
  }

  @Test
  void nothingIsCopiedBeforeTheBarrierHasPassedEverywhere() {
    putSomethingAway();
    copies.rounds().added(LIMIT, 1);
    copies.before(1);
    copies.before(2);
    assertThat(store.copied).isEmpty();
    copies.givenUp();
    copies.committed(1);
    copies.before(3);
    assertThat(store.copied).isEmpty();
    assertThat(copies.rounds().foldsAt()).isEqualTo(3);
  }

  @Test
  void aCopyThatFailsIsTriedAgainWithAnotherFold() {
    putSomethingAway();
    copies.rounds().added(LIMIT, 1);
    copies.before(1);
    copies.committed(1);
    store.fails = true;
    copies.before(2);
    assertThat(copies.rounds().foldsAt()).isEqualTo(Extent.NONE);
    store.fails = false;
    copies.before(3);
    copies.committed(3);
    copies.before(4);
    assertThat(store.copied).containsExactly(3L);
  }
}
