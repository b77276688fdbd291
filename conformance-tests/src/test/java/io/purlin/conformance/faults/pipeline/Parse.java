package io.purlin.conformance.faults.pipeline;

import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Checks a record and keeps key and amount; drops end marks. */
final class Parse extends DoFn<KafkaRecord<String, String>, KV<String, Long>> {
  private static final long serialVersionUID = 1L;

  private final Trap trap;

  Parse(Trap trap) {
    this.trap = trap;
  }

  @Setup
  public void setup() {
    trap.check("setup");
  }

  @StartBundle
  public void start() {
    trap.check("start");
  }

  @ProcessElement
  public void process(
      @Element KafkaRecord<String, String> record, OutputReceiver<KV<String, Long>> out) {
    String text = record.getKV().getValue();
    if (SourceRecord.END.equals(text)) {
      return;
    }
    trap.check("process");
    SourceRecord parsed = SourceRecord.parse(text);
    out.output(KV.of(parsed.key(), parsed.amount()));
  }

  @FinishBundle
  public void finish() {
    trap.check("finish");
  }
}
