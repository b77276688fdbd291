package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.util.ShardedKey;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Adds a shard to the key of each key-value pair. Driven by its task's thread. */
final class ShardKeysOperator implements Operator {
  private final Coder<Object> keyCoder;
  private final ShardCounts counts;
  private final OperatorContext context;
  private Receiver next = value -> {};

  /**
   * @param keyCoder of the keys
   * @param turns which shard an element goes to, shared by all tasks of the step in one attempt
   * @param context where the operator stands
   */
  @SuppressWarnings("unchecked") // the pairs that come in have keys of this coder
  ShardKeysOperator(Coder<?> keyCoder, ShardTurns turns, OperatorContext context) {
    this.keyCoder = (Coder<Object>) keyCoder;
    this.counts = new ShardCounts(context.stepName(), turns);
    this.context = context;
  }

  @Override
  public void open() {
    next = context.outputs().receiver(0);
  }

  @Override
  public void startBundle() {}

  @Override
  @SuppressWarnings("NullAway") // Beam declares no null here, yet keys may be null
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> pair)) {
      throw new IllegalStateException(context.stepName() + " shards pairs, not " + value);
    }
    int shard = counts.next(keyCoder.structuralValue(pair.getKey()).hashCode());
    byte[] id = ByteBuffer.allocate(Integer.BYTES).putInt(shard).array();
    next.receive(KV.of(ShardedKey.of(pair.getKey(), id), pair.getValue()));
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    context.outputs().watermark(inputMillis);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    counts.snapshot(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return counts.restore(source);
  }

  @Override
  public void close() {}
}
