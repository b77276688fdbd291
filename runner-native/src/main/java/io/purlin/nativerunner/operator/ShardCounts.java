package io.purlin.nativerunner.operator;

import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * How far into a turn one task has filled each shard, as a part of its snapshot: the elements that
 * it has sent, by counter and shard, modulo the length of a turn. Over all tasks these add up to
 * what the open batches hold. Owned by the task's thread.
 */
final class ShardCounts implements Snapshottable {
  private final long[] @Nullable [] sent = new long[ShardTurns.COUNTERS] @Nullable [];
  private final ShardTurns turns;
  private final PartSpec part;

  /**
   * @param stepName full name of the Beam transform
   * @param turns whose turn it is; told of what was restored
   */
  ShardCounts(String stepName, ShardTurns turns) {
    this.turns = turns;
    this.part = new PartSpec(stepName + "/shards", "shard counts/1", Map.of());
  }

  /** The shard to which the task sends the next element of a key, from 0. */
  int next(int keyHash) {
    int counter = ShardTurns.counter(keyHash);
    int shard = turns.next(counter);
    add(counter, shard, 1);
    return shard;
  }

  private void add(int counter, int shard, long elements) {
    long[] row = sent[counter];
    if (row == null || row.length <= shard) {
      row = row == null ? new long[shard + 1] : Arrays.copyOf(row, shard + 1);
      sent[counter] = row;
    }
    long sum = row[shard] + elements;
    row[shard] = sum >= turns.turn() ? sum % turns.turn() : sum;
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    @Nullable OutputStream frame = null;
    for (int counter = 0; counter < sent.length; counter++) {
      long[] row = sent[counter];
      for (int shard = 0; row != null && shard < row.length; shard++) {
        if (row[shard] == 0) {
          continue;
        }
        if (frame == null) {
          sink.begin(part);
          frame = sink.frame();
        }
        VarInt.encode(counter, frame);
        VarInt.encode(shard, frame);
        VarInt.encode(row[shard], frame);
      }
    }
    if (frame != null) {
      sink.spread();
    }
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (!source.part().name().equals(part.name())) {
      return false;
    }
    part.accept(source.part());
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      while (in.available() > 0) {
        int counter = VarInt.decodeInt(in);
        int shard = VarInt.decodeInt(in);
        long elements = VarInt.decodeLong(in);
        add(counter, shard, elements);
        turns.open(counter, shard, elements);
      }
    }
    return true;
  }
}
