package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of results: the key decides the partition, so that panes of one key stay in order.
 */
final class Encode<T> extends DoFn<T, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final SerializableFunction<T, String> key;
  private final SerializableBiFunction<T, WireWriter, byte[]> value;
  private transient @Nullable WireWriter writer;

  Encode(SerializableFunction<T, String> key, SerializableBiFunction<T, WireWriter, byte[]> value) {
    this.key = key;
    this.value = value;
  }

  @ProcessElement
  public void process(@Element T result, OutputReceiver<KV<byte[], byte[]>> out) {
    WireWriter wire = writer;
    if (wire == null) {
      wire = new WireWriter();
      writer = wire;
    }
    out.output(
        KV.of(key.apply(result).getBytes(StandardCharsets.UTF_8), value.apply(result, wire)));
  }
}
