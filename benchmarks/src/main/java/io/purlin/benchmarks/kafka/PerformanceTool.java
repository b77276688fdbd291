package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Reading;
import io.purlin.benchmarks.side.Side;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.tools.ProducerPerformance;

/** The peer: {@code ProducerPerformance}, Kafka's own tool, with random records of 40 bytes. */
public final class PerformanceTool {
  private static final String RECORD_BYTES = "40";

  private PerformanceTool() {}

  /** Serves as a side: nanoseconds, and those of all processors, with the start of a producer. */
  public static void main(String[] args) {
    Side.serve(
        line -> {
          CopyRequest request = CopyRequest.parse(line);
          List<String> tool = new ArrayList<>();
          tool.addAll(List.of("--topic", request.to()));
          tool.addAll(List.of("--num-records", Long.toString(request.records())));
          tool.addAll(List.of("--record-size", RECORD_BYTES));
          // As fast as it can.
          tool.addAll(List.of("--throughput", "-1"));
          tool.add("--producer-props");
          tool.add("bootstrap.servers=" + request.servers());
          CopySettings.PRODUCER.forEach((name, value) -> tool.add(name + "=" + value));
          Reading start = Reading.now();
          ProducerPerformance.main(tool.toArray(String[]::new));
          return Reading.now().since(start);
        });
  }
}
