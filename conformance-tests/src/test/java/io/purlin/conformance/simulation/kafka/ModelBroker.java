package io.purlin.conformance.simulation.kafka;

import io.purlin.conformance.simulation.kafka.ModelTopic.Fate;
import io.purlin.conformance.simulation.kafka.ModelTopic.Transaction;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.conformance.simulation.world.World;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a simulated run: topics of one partition and transactions.
 *
 * <p>Invariant: of each transactional id one epoch may write, and at most one transaction is open.
 */
public final class ModelBroker {
  private static final int LONGEST_ABSENCE_MILLIS = 400;

  /** A transactional id. */
  private static final class Id {
    int epoch;
    long timeoutMillis;
    @Nullable Transaction open;
    @Nullable Life owner;
  }

  /** A record that a reader of committed ones sees; its bytes as Latin-1. */
  public record Committed(String topic, String key, String value) {}

  private final World world;
  private final Faults faults;
  private final Map<String, ModelTopic> topics = new TreeMap<>();
  private final Map<String, Id> ids = new HashMap<>();
  private final Consumer<List<Committed>> reader;
  private long backAt;
  private @Nullable Life lastCommitter;

  /**
   * @param reader is shown what a transaction made visible, at its commit
   */
  public ModelBroker(World world, Faults faults, Consumer<List<Committed>> reader) {
    this.world = world;
    this.faults = faults;
    this.reader = reader;
  }

  World world() {
    return world;
  }

  Faults faults() {
    return faults;
  }

  ModelTopic topic(String name) {
    return topics.computeIfAbsent(name, ModelTopic::new);
  }

  /** The process whose transaction was committed last. */
  public @Nullable Life lastCommitter() {
    return lastCommitter;
  }

  /**
   * A client needs the broker, and waits for it as long as it is told to.
   *
   * @throws TimeoutException when the broker does not come back in time
   */
  void reach(Life client, String why, long patienceMillis) {
    client.does(why);
    if (world.breaks(faults.absences())) {
      backAt = world.clock().millis() + world.chance().between(1, LONGEST_ABSENCE_MILLIS);
      world.trace().add("the broker is away until " + backAt);
    }
    long wait = backAt - world.clock().millis();
    if (wait > patienceMillis) {
      world.pass(patienceMillis);
      throw new TimeoutException(why + ": no answer within " + patienceMillis + " ms");
    }
    if (wait > 0) {
      world.pass(wait);
    }
    giveUpOld();
  }

  /** Gives up transactions that are open for too long. */
  void giveUpOld() {
    ids.forEach(
        (name, id) -> {
          Transaction open = id.open;
          if (open != null && world.clock().millis() - open.sinceMillis > id.timeoutMillis) {
            world.trace().add("the broker gives a transaction up");
            id.epoch++;
            end(id, open, Fate.ABORTED);
          }
        });
  }

  /** Takes an id over: aborts what is open; the answer is the epoch that may write from now on. */
  int takeOver(String name, long timeoutMillis, Life owner) {
    Id id = ids.computeIfAbsent(name, each -> new Id());
    id.epoch++;
    id.timeoutMillis = timeoutMillis;
    id.owner = owner;
    Transaction open = id.open;
    if (open != null) {
      end(id, open, Fate.ABORTED);
    }
    return id.epoch;
  }

  /** Writes a record into the open transaction, which it opens if need be. */
  long write(String name, int epoch, String topic, byte[] key, byte[] value) {
    giveUpOld();
    Id id = current(name, epoch);
    Transaction open = id.open;
    if (open == null) {
      open = new Transaction(world.clock().millis());
      id.open = open;
    }
    ModelTopic written = topic(topic);
    if (!open.topics.contains(written)) {
      open.topics.add(written);
    }
    return written.append(text(key), text(value), open);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Ends the open transaction; the answer is the next epoch. */
  int end(String name, int epoch, boolean commit) {
    giveUpOld();
    Id id = current(name, epoch);
    Transaction open = id.open;
    if (open == null) {
      throw new InvalidTxnStateException("no transaction is open");
    }
    id.epoch++;
    end(id, open, commit ? Fate.COMMITTED : Fate.ABORTED);
    return id.epoch;
  }

  private void end(Id id, Transaction open, Fate fate) {
    id.open = null;
    open.fate = fate;
    open.topics.forEach(topic -> topic.mark(open));
    world.trace().add("a transaction of " + id.owner + " is " + fate);
    if (fate == Fate.COMMITTED) {
      lastCommitter = id.owner;
      reader.accept(
          open.topics.stream()
              .flatMap(
                  topic ->
                      topic.of(open).stream()
                          .map(each -> new Committed(topic.name(), each.key(), each.value())))
              .toList());
    }
  }

  private Id current(String name, int epoch) {
    Id id = ids.get(name);
    if (id == null || id.epoch != epoch) {
      // What a client is told depends on which of its requests comes first.
      throw switch (world.chance().between(0, 2)) {
        case 0 -> new ProducerFencedException("epoch " + epoch + " of " + name + " is over");
        case 1 -> new InvalidTxnStateException("epoch " + epoch + " of " + name + " is over");
        default -> new InvalidProducerEpochException("epoch " + epoch + " of " + name + " is over");
      };
    }
    return id;
  }
}
