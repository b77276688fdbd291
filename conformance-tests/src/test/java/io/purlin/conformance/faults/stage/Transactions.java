package io.purlin.conformance.faults.stage;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What the broker knows of a job's transactions. Used by one thread. */
public final class Transactions {
  /** A transaction leaves its marker in the commit topic, and the broker's note of the commit. */
  private static final int OFFSETS_OF_A_COMMIT = 2;

  private final String servers;
  private final String id;

  /** Those of the job that plays there. */
  public Transactions(Round.Place place) {
    this.servers = place.servers();
    this.id = "purlin-" + place.job();
  }

  /** How many the job has committed, in all its lives. */
  public long committed() {
    TopicPartition commits = new TopicPartition(id + "-commits", 0);
    try (Admin admin = admin()) {
      long end =
          get(admin.listOffsets(Map.of(commits, OffsetSpec.latest())).partitionResult(commits))
              .offset();
      return end / OFFSETS_OF_A_COMMIT;
    }
  }

  /** Which producer id the job's transactional id has now. */
  public long producerId() {
    try (Admin admin = admin()) {
      KafkaFuture<TransactionDescription> answer =
          admin.describeTransactions(Set.of(id)).description(id);
      return get(answer).producerId();
    }
  }

  /** How many transactional ids the broker knows that begin with the job's. */
  public int ids() {
    try (Admin admin = admin()) {
      return (int)
          get(admin.listTransactions().all()).stream()
              .filter(each -> each.transactionalId().startsWith(id))
              .count();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers));
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
