package io.purlin.nativerunner.job;

import io.purlin.nativerunner.chain.ChainServices;
import io.purlin.nativerunner.chain.CopyRounds;
import io.purlin.nativerunner.chain.OperatorChain;
import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.job.watch.AttemptWatch;
import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.source.SourceContext;
import io.purlin.nativerunner.source.SourceReader;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.task.TaskInput;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.task.TaskWiring;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.ManualClock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Turns a plan into tasks that are connected by channels, and go on from a checkpoint. Used by one
 * thread, before the attempt starts.
 */
final class JobWiring {
  /**
   * Longer than a ready thread mostly waits for a processor, and short for who waits for a pane. No
   * proof: a thread that waits longer lets a pane fire early behind it.
   */
  private static final long UPSTREAM_LAG_MILLIS = 200;

  private final ExecutionPlan plan;
  private final SideInputStore sideInputs;
  private final JobSettings settings;
  private final Clock clock;
  private final JobMetrics metrics;
  private final ChannelGrid channels;
  private final Exits exits;
  private final List<Task> tasks = new ArrayList<>();
  private final @Nullable CheckpointRounds rounds;
  private final Restored restored;
  private final StateMemory memory;
  private final AttemptWatch watch;
  private final @Nullable SpillDirectory spill;
  private final @Nullable CopyRounds copies;

  /**
   * @param plan of this attempt
   */
  JobWiring(
      ExecutionPlan plan,
      SideInputStore sideInputs,
      JobSettings settings,
      Clock clock,
      @Nullable CheckpointRounds rounds,
      Restored restored)
      throws IOException {
    this.plan = plan;
    this.sideInputs = sideInputs;
    if (rounds != null) {
      sideInputs.waitForBarriers();
    }
    this.settings = settings;
    this.memory = settings.memory().make(restored.copy());
    this.watch = new AttemptWatch(memory);
    this.spill = settings.checkpointing() == null ? null : settings.checkpointing().store().spill();
    this.clock = clock;
    this.rounds = rounds;
    this.restored = restored;
    this.copies =
        rounds == null || settings.checkpointing() == null
            ? null
            : copies(rounds, settings.checkpointing().store());
    this.metrics = new JobMetrics(stepNames(plan));
    for (byte[] snapshot : restored.metrics()) {
      metrics.restore(snapshot);
    }
    if (rounds != null) {
      rounds.always(TaskSnapshot.ofMetrics(metrics.restoredSnapshot()));
    }
    this.channels = new ChannelGrid(plan, settings.buffersPerChannel(), settings.machine());
    this.exits = new Exits(channels, settings, clock);
    for (ChainPlan chain : plan.chains()) {
      List<SourceReader> readers = readers(chain);
      watch.reads(readers);
      for (int index = 0; index < chain.parallelism(); index++) {
        tasks.add(task(chain, index, readers));
      }
    }
  }

  private @Nullable CopyRounds copies(CheckpointRounds theRounds, CheckpointStore store) {
    StateCopies made = StateCopies.of(memory, store, restored.base());
    theRounds.of(memory, made);
    return made == null ? null : made.rounds();
  }

  private static List<String> stepNames(ExecutionPlan plan) {
    List<Vertex> all = new ArrayList<>();
    plan.chains().forEach(chain -> all.addAll(chain.members()));
    String[] names = new String[all.size()];
    all.forEach(vertex -> names[vertex.id()] = vertex.name());
    return List.of(names);
  }

  /** The tasks, and who steps them. */
  Crew crew(Crew.Listener listener) {
    return settings.stepped() && clock instanceof ManualClock manual
        ? Crew.stepped(tasks, manual::advanceTo, listener)
        : settings.machine().crew(tasks, listener);
  }

  /** Where the figures of the tasks stand. */
  AttemptWatch watch() {
    return watch;
  }

  JobMetrics metrics() {
    return metrics;
  }

  StateMemory memory() {
    return memory;
  }

  /** Splits the source that heads a chain; empty for a chain that reads exchanges. */
  private List<SourceReader> readers(ChainPlan chain) {
    if (!(chain.head() instanceof Vertex.Source source)) {
      return List.of();
    }
    CurrentElement current = new CurrentElement();
    current.step(source.id());
    TaskMetrics splitting = metrics.task(current);
    var before = MetricsEnvironment.setCurrentContainer(splitting);
    try {
      SourceContext context =
          new SourceContext(
              source.name(), chain.parallelism(), clock, rounds != null, settings.options());
      List<byte[]> positions = restored.positions(source.name());
      return positions == null
          ? source.factory().createReaders(context)
          : source.factory().createReaders(context, positions);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "the source " + source.name() + " cannot be split: " + e.getMessage(), e);
    } finally {
      MetricsEnvironment.setCurrentContainer(before);
      splitting.commit();
      if (rounds != null) {
        rounds.always(TaskSnapshot.ofMetrics(splitting.snapshot()));
      }
    }
  }

  /** Tasks that are stepped in turn have done all that there is to do before the clock moves. */
  private Clock clockFor(ChainPlan chain) {
    return settings.stepped() || chain.head() instanceof Vertex.Source
        ? clock
        : clock.behindExchange(UPSTREAM_LAG_MILLIS);
  }

  private Task task(ChainPlan chainPlan, int index, List<SourceReader> readers) {
    CurrentElement current = new CurrentElement();
    current.step(chainPlan.head().id());
    TaskMetrics taskMetrics = metricsOf(chainPlan, current);
    List<ExchangeWriter> writers = new ArrayList<>();
    Standstill standstill = new Standstill();
    StateMemory state = memory.ofTask(index);
    OperatorChain chain =
        new OperatorChain(
            chainPlan,
            new ChainServices(
                index,
                settings.maxParallelism(),
                current,
                clockFor(chainPlan),
                sideInputs,
                settings.options(),
                rounds != null,
                state,
                standstill,
                spill,
                copies),
            plan.outOf(chainPlan),
            exchange ->
                exits.exit(
                    chainPlan, index, exchange, current, writers, taskMetrics.times(), standstill));
    var signal = channels.signal(chainPlan, index);
    TaskInput input =
        readers.isEmpty()
            ? TaskInput.of(new InputGate(channels.into(chainPlan, index)), current, clock)
            : TaskInput.of(readers.get(index), current);
    Task.Name name = new Task.Name(chainPlan.head().name(), index, chainPlan.parallelism());
    Task task =
        new Task(
            name,
            input,
            chain,
            new TaskWiring(
                writers,
                taskMetrics,
                clock,
                settings.limits(),
                signal,
                rounds == null ? null : rounds.seat(signal),
                state.accesses()),
            restored.start(name));
    watch.task(
        chainPlan.id(),
        index,
        taskMetrics,
        chain,
        state,
        channels.into(chainPlan, index),
        channels.outOf(chainPlan, index));
    standstill.first(task::answerBeforeWaiting);
    sideInputs.onChange(task::wakeForRetry);
    return task;
  }

  private TaskMetrics metricsOf(ChainPlan chainPlan, CurrentElement current) {
    TaskMetrics made = metrics.task(current);
    if (chainPlan.head() instanceof Vertex.Source source) {
      made.reads(source.name() + ".out");
    }
    return made;
  }
}
