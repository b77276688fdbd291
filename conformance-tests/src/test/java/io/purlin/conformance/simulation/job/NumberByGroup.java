package io.purlin.conformance.simulation.job;

import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Numbers the results of each group and makes records of them. */
final class NumberByGroup extends DoFn<KV<Integer, String>, ProducerRecord<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  @StateId("place")
  private final StateSpec<ValueState<Long>> placeSpec = StateSpecs.value(VarLongCoder.of());

  @ProcessElement
  public void process(
      @Element KV<Integer, String> element,
      @StateId("place") ValueState<Long> place,
      OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
    long p = SumByKey.orZero(place.read()) + 1;
    place.write(p);
    String[] fields = element.getValue().split(" ", -1);
    Result result =
        new Result(
            Long.parseLong(fields[0]),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            element.getKey(),
            p);
    byte[] key = fields[0].getBytes(StandardCharsets.UTF_8);
    out.output(new ProducerRecord<>(SimulatedPipeline.TOPIC, key, result.bytes()));
  }
}
