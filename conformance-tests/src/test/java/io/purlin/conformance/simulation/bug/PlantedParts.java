package io.purlin.conformance.simulation.bug;

import io.purlin.conformance.simulation.job.CountedChannel;
import io.purlin.conformance.simulation.job.FaultyFiles;
import io.purlin.conformance.simulation.job.SimulatedProcess;
import io.purlin.conformance.simulation.kafka.ModelBroker;
import io.purlin.conformance.simulation.kafka.ModelProducer;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.nativerunner.checkpoint.storage.CheckpointFiles;
import io.purlin.nativerunner.exchange.Signal;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The parts of a process, one of them with a bug. */
public final class PlantedParts implements SimulatedProcess.Parts {
  private final Bug bug;
  private final ModelBroker broker;
  private final Supplier<CheckpointFiles> disk;
  private final int refusals;
  private final BooleanSupplier rarely;

  /**
   * @param disk that a process which starts now has
   * @param refusals of the disk, once in so many operations; 0 for none
   * @param rarely whether a bug that shows now and then shows now
   */
  public PlantedParts(
      Bug bug,
      ModelBroker broker,
      Supplier<CheckpointFiles> disk,
      int refusals,
      BooleanSupplier rarely) {
    this.bug = bug;
    this.broker = broker;
    this.disk = disk;
    this.refusals = refusals;
    this.rarely = rarely;
  }

  @Override
  public CheckpointFiles files(Life life) {
    return bug == Bug.NO_SYNC_BEFORE_RENAME
        ? new UnsyncedFiles(disk.get(), life, refusals)
        : new FaultyFiles(disk.get(), life, refusals);
  }

  @Override
  public ModelProducer producer(Life life, Map<String, Object> configuration) {
    return switch (bug) {
      case MARKER_AFTER_COMMIT -> new LateMarkerProducer(broker, life, configuration);
      case DROPPED_SEND_ERROR -> new ForgivingProducer(broker, life, configuration);
      default -> new ModelProducer(broker, life, configuration);
    };
  }

  @Override
  public CountedChannel channel(int credits, int batchElements, Signal sender, Signal receiver) {
    return switch (bug) {
      case BARRIER_OVERTAKEN ->
          new OvertakenChannel(credits, batchElements, sender, receiver, rarely);
      case CREDIT_LEAKED -> new LeakingChannel(credits, batchElements, sender, receiver, rarely);
      default -> new CountedChannel(credits, batchElements, sender, receiver);
    };
  }
}
