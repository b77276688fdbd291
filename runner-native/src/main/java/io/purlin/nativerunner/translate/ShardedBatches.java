package io.purlin.nativerunner.translate;

import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.operator.ShardKeysFactory;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformOverrideFactory.PTransformReplacement;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.GroupIntoBatches.BatchingParams;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.util.ShardedKey;
import org.apache.beam.sdk.util.construction.PTransformReplacements;
import org.apache.beam.sdk.util.construction.SingleInputOutputOverrideFactory;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Batches of sharded keys. Beam leaves it to the runner how keys are sharded; its own expansion
 * names shards after threads, so that every thread keeps a batch that is not full.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
final class ShardedBatches<K, V>
    extends PTransform<PCollection<KV<K, V>>, PCollection<KV<ShardedKey<K>, Iterable<V>>>> {
  private final BatchingParams<V> params;

  private ShardedBatches(BatchingParams<V> params) {
    this.params = params;
  }

  @Override
  public PCollection<KV<ShardedKey<K>, Iterable<V>>> expand(PCollection<KV<K, V>> input) {
    long turn = params.getBatchSize() == Long.MAX_VALUE ? 1 : params.getBatchSize();
    return input.apply(new ShardKeys<>(turn)).apply(batches());
  }

  private GroupIntoBatches<ShardedKey<K>, V> batches() {
    long bytes = params.getBatchSizeBytes();
    GroupIntoBatches<ShardedKey<K>, V> batches;
    if (bytes == Long.MAX_VALUE) {
      batches = GroupIntoBatches.ofSize(params.getBatchSize());
    } else {
      SerializableFunction<V, Long> size = params.getElementByteSize();
      batches =
          size == null
              ? GroupIntoBatches.ofByteSize(bytes)
              : GroupIntoBatches.ofByteSize(bytes, size);
      if (params.getBatchSize() != Long.MAX_VALUE) {
        batches = batches.withSize(params.getBatchSize());
      }
    }
    Duration limit = params.getMaxBufferingDuration();
    return limit == null ? batches : batches.withMaxBufferingDuration(limit);
  }

  /** Replaces Beam's transform. */
  static final class Factory<K, V>
      extends SingleInputOutputOverrideFactory<
          PCollection<KV<K, V>>,
          PCollection<KV<ShardedKey<K>, Iterable<V>>>,
          GroupIntoBatches<K, V>.WithShardedKey> {
    @Override
    public PTransformReplacement<PCollection<KV<K, V>>, PCollection<KV<ShardedKey<K>, Iterable<V>>>>
        getReplacementTransform(
            AppliedPTransform<
                    PCollection<KV<K, V>>,
                    PCollection<KV<ShardedKey<K>, Iterable<V>>>,
                    GroupIntoBatches<K, V>.WithShardedKey>
                application) {
      return PTransformReplacement.of(
          PTransformReplacements.getSingletonMainInput(application),
          new ShardedBatches<>(application.getTransform().getBatchingParams()));
    }
  }

  /** The primitive that adds a shard to each key. */
  static final class ShardKeys<K, V>
      extends PTransform<PCollection<KV<K, V>>, PCollection<KV<ShardedKey<K>, V>>> {
    private final long turn;

    private ShardKeys(long turn) {
      this.turn = turn;
    }

    @Override
    public PCollection<KV<ShardedKey<K>, V>> expand(PCollection<KV<K, V>> input) {
      KvCoder<K, V> coder = (KvCoder<K, V>) input.getCoder();
      return PCollection.createPrimitiveOutputInternal(
          input.getPipeline(),
          input.getWindowingStrategy(),
          input.isBounded(),
          KvCoder.of(ShardedKey.Coder.of(coder.getKeyCoder()), coder.getValueCoder()));
    }
  }

  /** Translates the primitive: as many shards as there are tasks, whose turns all of them share. */
  static final class Translator implements TransformTranslator<ShardKeys<?, ?>> {
    @Override
    public void translate(
        AppliedPTransform<?, ?, ?> application, ShardKeys<?, ?> transform, GraphBuilder graph) {
      PCollection<?> input = GraphBuilder.mainInput(application);
      Coder<?> keyCoder = ((KvCoder<?, ?>) input.getCoder()).getKeyCoder();
      ShardKeysFactory factory =
          new ShardKeysFactory(keyCoder, graph.parallelism(), transform.turn);
      int step = graph.step(application, "", factory, null);
      graph.connect(input, step, Partitioning.FORWARD);
      graph.produce(GraphBuilder.onlyOutput(application), step, 0);
    }
  }
}
