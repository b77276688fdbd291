package io.purlin.conformance.largestate;

import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/** A program: keeps a value for each of ever new keys, until that is more than it has room for. */
final class EndlessKeys {
  private static final int VALUE_BYTES = 200;

  private EndlessKeys() {}

  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(args).create());
    pipeline
        .apply(GenerateSequence.from(0))
        .apply(ParDo.of(new Value()))
        .setCoder(KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of()))
        .apply(ParDo.of(new Keep()));
    pipeline.run().waitUntilFinish();
  }

  private static final class Value extends DoFn<Long, KV<Long, byte[]>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<Long, byte[]>> out) {
      out.output(KV.of(number, new byte[VALUE_BYTES]));
    }
  }

  private static final class Keep extends DoFn<KV<Long, byte[]>, Void> {
    private static final long serialVersionUID = 1L;

    @StateId("value")
    private final StateSpec<ValueState<byte[]>> spec = StateSpecs.value(ByteArrayCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, byte[]> element, @StateId("value") ValueState<byte[]> value) {
      value.write(Objects.requireNonNull(element.getValue()));
    }
  }
}
