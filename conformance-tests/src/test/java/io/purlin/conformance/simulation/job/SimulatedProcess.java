package io.purlin.conformance.simulation.job;

import io.purlin.conformance.simulation.kafka.ModelBroker;
import io.purlin.conformance.simulation.kafka.ModelConsumer;
import io.purlin.conformance.simulation.kafka.ModelProducer;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.conformance.simulation.world.SimulatedDeath;
import io.purlin.io.kafka.sink.KafkaClients;
import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.checkpoint.storage.CheckpointFiles;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.job.directory.DirectoryCheckpoints;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.task.TaskLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** One process of the job, from its start to its end. Played by one thread. */
public final class SimulatedProcess {
  private static final Path DIRECTORY = Path.of("/checkpoints");
  private static final int KEY_GROUPS = 16;
  private static final long AMPLE_MILLIS = 60_000;

  /** What a process came to. */
  public sealed interface Ending {
    /** It was ended from outside. */
    record Killed() implements Ending {}

    /** It said that the job is done. */
    record Done() implements Ending {}

    /** It said that it has stopped, as it was told. */
    record Stopped() implements Ending {}

    /** It gave up. */
    record Failed(Throwable cause) implements Ending {}
  }

  /** Makes the parts of a process that touch the world; a planted bug makes others. */
  public interface Parts {
    /** A way to the disk. */
    CheckpointFiles files(Life life);

    /** A producer. */
    ModelProducer producer(Life life, Map<String, Object> configuration);

    /** A channel. */
    CountedChannel channel(int credits, int batchElements, Signal sender, Signal receiver);
  }

  /** Is shown what happens. */
  public interface Watch {
    /** All tasks of an attempt have been closed; these are its channels. */
    void closed(List<CountedChannel> channels);

    /** A task has failed. */
    void failed(Throwable failure);
  }

  private final SimulatedPipeline pipeline;
  private final Setting setting;
  private final ModelBroker broker;
  private final Parts parts;
  private final Watch watch;

  /**
   * @param watch is shown what happens
   */
  public SimulatedProcess(
      SimulatedPipeline pipeline, Setting setting, ModelBroker broker, Parts parts, Watch watch) {
    this.pipeline = pipeline;
    this.setting = setting;
    this.broker = broker;
    this.parts = parts;
    this.watch = watch;
  }

  /**
   * Runs it.
   *
   * @param stopAfter doings after which it is told to stop with a checkpoint
   */
  public Ending run(Life life, int parallelism, long stopAfter) {
    try {
      return start(life, parallelism, stopAfter);
    } catch (SimulatedDeath death) {
      return new Ending.Killed();
    } catch (IOException | RuntimeException e) {
      return life.isOver() ? new Ending.Killed() : new Ending.Failed(e);
    }
  }

  private Ending start(Life life, int parallelism, long stopAfter) throws IOException {
    ModelClients clients = new ModelClients(life);
    SimulatedConnector connector = new SimulatedConnector(clients);
    JobSinks sinks = new JobSinks();
    ExecutionPlan plan = pipeline.plan(parallelism, sinks, connector, transactionMillis(life));
    String writing = nameOfLast(plan);
    Job[] job = new Job[1];
    SimulatedMachine machine =
        new SimulatedMachine(
            life,
            task -> !task.name().chain().equals(writing) || connector.isOpen(task.name().index()),
            parts::channel,
            watch,
            () -> {
              clients.work();
              if (life.doings() >= stopAfter && job[0] != null) {
                job[0].stopWithCheckpoint();
              }
            });
    job[0] = new Job(plan, pipeline.sideInputs(), sinks, settings(life, machine));
    job[0].run();
    life.stillThere();
    Throwable failure = job[0].failure();
    return switch (job[0].state()) {
      case DONE -> new Ending.Done();
      case CANCELLED -> new Ending.Stopped();
      default ->
          new Ending.Failed(failure == null ? new IllegalStateException("no reason") : failure);
    };
  }

  /** A process that nothing is done to has time: what is too short for it is no fault. */
  private long transactionMillis(Life life) {
    return life.world().isCalm() ? AMPLE_MILLIS : setting.transactionMillis();
  }

  private static String nameOfLast(ExecutionPlan plan) {
    ChainPlan last = plan.chains().get(plan.chains().size() - 1);
    Vertex head = last.head();
    return head.name();
  }

  private JobSettings settings(Life life, SimulatedMachine machine) throws IOException {
    DirectoryCheckpoints store =
        new DirectoryCheckpoints(
            JobDirectory.open(parts.files(life), DIRECTORY, SimulatedPipeline.JOB),
            KEY_GROUPS,
            machine.clock());
    return new JobSettings(
        pipeline.options(),
        false,
        KEY_GROUPS,
        setting.credits(),
        new TaskLimits(setting.bundleElements(), 1_000, 0, 1),
        new JobSettings.Checkpointing(
            store,
            new CheckpointSettings(
                setting.intervalMillis(),
                life.world().isCalm() ? AMPLE_MILLIS : setting.timeoutMillis(),
                0,
                0,
                setting.retained()),
            true,
            false),
        new RestartStrategy.Settings(
            RestartStrategy.Kind.FIXED_DELAY, Integer.MAX_VALUE, 20, 20, 2, 1_000),
        JobSettings.Memory.HEAP,
        machine);
  }

  /** Clients of the model. */
  private final class ModelClients implements KafkaClients {
    private final Life life;
    private final List<ModelProducer> producers = new ArrayList<>();

    ModelClients(Life life) {
      this.life = life;
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> configuration) {
      ModelProducer made = parts.producer(life, configuration);
      producers.add(made);
      return made;
    }

    @Override
    public org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer(
        Map<String, Object> configuration) {
      return new ModelConsumer(broker, life);
    }

    @Override
    public Optional<Admin> admin(Map<String, Object> configuration) {
      return Optional.empty();
    }

    void work() {
      @Nullable ModelProducer last =
          producers.isEmpty() ? null : producers.get(producers.size() - 1);
      if (last != null) {
        last.work();
      }
    }
  }
}
