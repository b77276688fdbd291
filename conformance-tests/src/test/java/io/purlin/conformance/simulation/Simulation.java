package io.purlin.conformance.simulation;

import io.purlin.conformance.simulation.bug.Bug;
import io.purlin.conformance.simulation.bug.PlantedParts;
import io.purlin.conformance.simulation.invariant.Invariant;
import io.purlin.conformance.simulation.invariant.Invariants;
import io.purlin.conformance.simulation.job.CountedChannel;
import io.purlin.conformance.simulation.job.Load;
import io.purlin.conformance.simulation.job.Play;
import io.purlin.conformance.simulation.job.Result;
import io.purlin.conformance.simulation.job.Setting;
import io.purlin.conformance.simulation.job.SimulatedPipeline;
import io.purlin.conformance.simulation.job.SimulatedProcess;
import io.purlin.conformance.simulation.job.SimulatedProcess.Ending;
import io.purlin.conformance.simulation.kafka.ModelBroker;
import io.purlin.conformance.simulation.world.Chance;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.conformance.simulation.world.Violation;
import io.purlin.conformance.simulation.world.World;
import io.purlin.nativerunner.checkpoint.storage.MemoryFiles;
import io.purlin.nativerunner.checkpoint.storage.MemoryFiles.Survival;
import java.util.List;

/** One run, of one seed: processes of a job, one after the other, until the job is done. */
final class Simulation implements Play {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long CALM_LIFE = 60_000;
  private static final int DRY = 3;
  private static final int BUG_SHOWS = 6;

  /**
   * What a run came to.
   *
   * @param seed of the run
   * @param bug that was planted
   * @param setting drawn from the seed
   * @param violations what did not hold
   * @param trace what happened
   * @param lives processes that there were
   * @param commits checkpoints that were committed
   */
  record Outcome(
      long seed,
      Bug bug,
      Setting setting,
      List<Violation> violations,
      List<String> trace,
      int lives,
      int commits) {}

  private final long seed;
  private final Bug bug;
  private final Chance chance;
  private final World world;
  private final Setting setting;
  private final List<Invariant> invariants;
  private final ModelBroker broker;
  private final SimulatedProcess process;
  private MemoryFiles disk = new MemoryFiles();
  private int lives;
  private int commits;
  private boolean done;

  private Simulation(SimulatedPipeline pipeline, long seed, Bug bug) {
    this.seed = seed;
    this.bug = bug;
    this.chance = new Chance(seed);
    this.world = new World(chance);
    this.setting = Setting.draw(chance);
    this.invariants =
        Invariants.of(setting.load(), (type, what) -> world.violated(type.getSimpleName(), what));
    this.broker = new ModelBroker(world, setting.kafka(), this::visible);
    this.process =
        new SimulatedProcess(
            pipeline,
            setting,
            broker,
            new PlantedParts(
                bug,
                broker,
                () -> disk,
                setting.refusals(),
                () -> !world.isCalm() && chance.oneIn(BUG_SHOWS)),
            new Watching());
  }

  /** Plays the run of a seed. */
  static Outcome play(SimulatedPipeline pipeline, long seed, Bug bug) {
    Simulation simulation = new Simulation(pipeline, seed, bug);
    SimulatedPipeline.play(simulation);
    simulation.play();
    return simulation.outcome();
  }

  private void play() {
    world.trace().add("seed " + seed + " " + setting);
    for (int i = 0; i < setting.lives() && goesOn(); i++) {
      troubledLife(chance.oneIn(3));
    }
    if (goesOn()) {
      world.calmDown();
      // What was sent before may still arrive, and cost it its place.
      world.pass(2_000);
      calmLife();
    }
    if (world.violations().isEmpty() && chance.oneIn(5)) {
      // Nothing is left to do.
      calmLife();
    }
    if (world.violations().isEmpty()) {
      invariants.forEach(Invariant::over);
    }
  }

  private boolean goesOn() {
    return !done && world.violations().isEmpty();
  }

  private void calmLife() {
    Life life = new Life(world, ++lives, CALM_LIFE, NEVER, () -> {});
    ended(process.run(life, chance.between(1, 3), NEVER), false);
  }

  /** A process that is ended sooner or later, and may stand still for a while before. */
  private void troubledLife(boolean freezes) {
    int end = chance.between(1, setting.longestLife());
    Freeze freeze = new Freeze(disk);
    Life life =
        new Life(world, ++lives, end, freezes ? chance.between(1, end) : NEVER, freeze::othersLive);
    if (chance.oneIn(8)) {
      disk.free(chance.between(0, 6_000));
    }
    Ending ending =
        process.run(life, chance.between(1, 3), chance.oneIn(4) ? chance.between(1, end) : NEVER);
    if (freeze.happened) {
      freeze.decide(life);
    }
    ended(ending, freeze.happened);
    leaveDisk(ending);
  }

  private void ended(Ending ending, boolean stale) {
    world.trace().add("#" + lives + " came to " + ending);
    done |= ending instanceof Ending.Done;
    invariants.forEach(each -> each.ended(ending, stale, world.isCalm()));
  }

  /** What the next process finds. */
  private void leaveDisk(Ending ending) {
    if (ending instanceof Ending.Killed && chance.oneIn(2)) {
      Survival survival = chance.oneOf(List.of(Survival.values()));
      world.trace().add("the power was off: of what was not synced there is " + survival);
      disk = disk.afterPowerCut(survival, chance.random());
    } else {
      disk = disk.afterKill();
    }
  }

  /** While a process stands still, others run the job with a copy of its disk. */
  private final class Freeze {
    private final MemoryFiles own;
    private long commitsBefore;
    private boolean happened;

    Freeze(MemoryFiles own) {
      this.own = own;
    }

    void othersLive() {
      happened = true;
      commitsBefore = commits;
      disk = own.copy();
      world.pass(chance.between(0, 1_000));
      int others = chance.between(1, 2);
      for (int i = 0; i < others && goesOn(); i++) {
        troubledLife(false);
      }
      commitsBefore = commits;
    }

    /** The disk to go on with is the one on which the newest committed checkpoint is. */
    void decide(Life life) {
      if (commits > commitsBefore && life.equals(broker.lastCommitter())) {
        disk = own;
      }
    }
  }

  private void visible(List<ModelBroker.Committed> records) {
    for (ModelBroker.Committed each : records) {
      if (each.topic().equals(SimulatedPipeline.TOPIC)) {
        Result result = Result.parse(each.value());
        invariants.forEach(invariant -> invariant.visible(result));
      } else if (each.key().startsWith("commit:")) {
        commits++;
        long checkpoint = Long.parseLong(each.value().split(" ", -1)[1]);
        world.trace().add("checkpoint " + checkpoint + " is committed");
        invariants.forEach(invariant -> invariant.committed(checkpoint));
      }
    }
  }

  private Outcome outcome() {
    return new Outcome(
        seed, bug, setting, List.copyOf(world.violations()), world.trace().lines(), lives, commits);
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public Load load() {
    return setting.load();
  }

  @Override
  public boolean isDry() {
    return chance.oneIn(DRY);
  }

  @Override
  public boolean sourceFails() {
    return world.breaks(setting.sourceFailures());
  }

  @Override
  public void told(int partition, long read) {
    invariants.forEach(each -> each.told(partition, read));
  }

  /** What processes show of themselves. */
  private final class Watching implements SimulatedProcess.Watch {
    @Override
    public void closed(List<CountedChannel> channels) {
      invariants.forEach(each -> each.closed(channels));
    }

    @Override
    public void failed(Throwable failure) {
      invariants.forEach(each -> each.failed(failure));
    }
  }
}
