package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.Rates.Rate;
import io.purlin.nativerunner.view.SubtaskView;
import java.util.List;

/** The figures of tasks, of one or of several together. Stateless. */
final class Subtasks {
  private Subtasks() {}

  /** Sums of counts and times since the attempt began, by Flink's names. */
  static ObjectNode metrics(List<SubtaskView> tasks) {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.put("read-records", tasks.stream().mapToLong(t -> t.counts().recordsIn()).sum());
    metrics.put("read-records-complete", true);
    metrics.put("write-records", tasks.stream().mapToLong(t -> t.counts().recordsOut()).sum());
    metrics.put("write-records-complete", true);
    metrics.put("read-batches", tasks.stream().mapToLong(t -> t.counts().batchesIn()).sum());
    metrics.put("write-batches", tasks.stream().mapToLong(t -> t.counts().batchesOut()).sum());
    metrics.put(
        "accumulated-backpressured-time",
        tasks.stream().mapToLong(t -> t.times().backpressured()).sum());
    metrics.put("accumulated-idle-time", tasks.stream().mapToLong(t -> t.times().idle()).sum());
    metrics.put("accumulated-busy-time", tasks.stream().mapToLong(t -> t.times().busy()).sum());
    return metrics;
  }

  /** What happens in a second: records of all tasks together, times of the mean task. */
  static ObjectNode rates(List<Rate> rates) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "numRecordsInPerSecond", rates.stream().mapToDouble(Rate::recordsIn).sum());
    put(node, "numRecordsOutPerSecond", rates.stream().mapToDouble(Rate::recordsOut).sum());
    put(node, "busyTimeMsPerSecond", mean(rates, Rate::busy));
    put(node, "idleTimeMsPerSecond", mean(rates, Rate::idle));
    put(node, "backPressuredTimeMsPerSecond", mean(rates, Rate::backpressured));
    return node;
  }

  private static double mean(List<Rate> rates, java.util.function.ToDoubleFunction<Rate> of) {
    return rates.stream().mapToDouble(of).average().orElse(0);
  }

  /** Channels of all tasks together. */
  static ObjectNode pool(List<SubtaskView.Pool> pools) {
    int credits = pools.stream().mapToInt(SubtaskView.Pool::credits).sum();
    int inFlight = pools.stream().mapToInt(SubtaskView.Pool::inFlight).sum();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("channels", pools.stream().mapToInt(SubtaskView.Pool::channels).sum());
    node.put("credits", credits);
    node.put("in-flight", inFlight);
    put(node, "usage", credits == 0 ? 0 : (double) inFlight / credits);
    return node;
  }

  /** With three digits behind the point: more says nothing. */
  static void put(ObjectNode node, String name, double value) {
    node.put(name, Math.round(value * 1000) / 1000.0);
  }
}
