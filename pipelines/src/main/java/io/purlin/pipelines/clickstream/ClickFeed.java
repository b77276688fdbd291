package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.generator.ClickModel;
import io.purlin.pipelines.clickstream.generator.Delivery;
import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.clickstream.wire.WireWriter;
import io.purlin.pipelines.job.UserError;
import io.purlin.pipelines.kafka.TopicWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the generated clicks into the topic, on a thread of its own, while the pipeline reads
 * them. A click's record carries its arrival as the timestamp and its user as the key. Each
 * partition ends with {@link EndOfStream} marks. Lifetime: one run.
 */
final class ClickFeed implements AutoCloseable {
  private final String servers;
  private final String topic;
  private final int partitions;
  private final ClickModel model;
  private final FutureTask<ExpectedResults> task = new FutureTask<>(this::write);
  private final Thread thread = new Thread(task, "click-feed");

  ClickFeed(String servers, String topic, int partitions, ClickModel model) {
    this.servers = servers;
    this.topic = topic;
    this.partitions = partitions;
    this.model = model;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private ExpectedResults write() {
    WireWriter wire = new WireWriter();
    long arrival = 0;
    try (TopicWriter writer = new TopicWriter(servers)) {
      while (model.hasNext()) {
        Delivery delivery = model.next();
        arrival = delivery.arrivalMillis();
        byte[] key = delivery.click().getUser().getBytes(StandardCharsets.UTF_8);
        byte[] value = delivery.click().toWire(wire);
        writer.send(new ProducerRecord<>(topic, null, arrival, key, value));
      }
      for (int partition = 0; partition < partitions; partition++) {
        EndOfStream.marks(topic, partition, arrival).forEach(writer::send);
      }
      writer.flush();
    }
    return model.expected();
  }

  /** Fails if the feed has failed. */
  void check() {
    if (task.isDone()) {
      expected();
    }
  }

  /** Waits for the feed's end; what is to be expected of all its clicks. */
  ExpectedResults expected() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("Interrupted while generating clicks.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UserError error
          ? error
          : new IllegalStateException("generating clicks failed", e.getCause());
    }
  }

  @Override
  public void close() {
    task.cancel(true);
  }
}
