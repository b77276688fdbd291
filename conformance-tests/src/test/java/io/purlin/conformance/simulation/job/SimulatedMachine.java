package io.purlin.conformance.simulation.job;

import io.purlin.conformance.simulation.world.Chance;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.conformance.simulation.world.World;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.job.machine.Machine;
import io.purlin.nativerunner.job.machine.Mailbox;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one process. Its only thread is the job's: while that waits for its mailbox, the
 * tasks are stepped, one at a time and in an order that the seed says, and time passes.
 */
final class SimulatedMachine implements Machine {
  /** Makes channels. */
  interface Channels {
    CountedChannel make(int credits, int batchElements, Signal sender, Signal receiver);
  }

  private final Life life;
  private final World world;
  private final Chance chance;
  private final Predicate<Task> mayStep;
  private final Channels maker;
  private final SimulatedProcess.Watch watch;
  private final Runnable background;
  private final List<CountedChannel> channels = new ArrayList<>();
  private @Nullable SimulatedCrew crew;

  /**
   * @param mayStep whether a task would not wait for something that this thread must do
   * @param maker of channels
   * @param watch is shown what happens
   * @param background what others than tasks do now and then
   */
  SimulatedMachine(
      Life life,
      Predicate<Task> mayStep,
      Channels maker,
      SimulatedProcess.Watch watch,
      Runnable background) {
    this.life = life;
    this.world = life.world();
    this.chance = world.chance();
    this.mayStep = mayStep;
    this.maker = maker;
    this.watch = watch;
    this.background = background;
  }

  @Override
  public Clock clock() {
    return world.clock();
  }

  @Override
  public Supplier<String> tokens() {
    return () -> String.format("%016x%016x", chance.bits(), chance.bits());
  }

  @Override
  public boolean tasksMayWait() {
    return false;
  }

  @Override
  public Channel channel(int credits, int batchElements, Signal sender, Signal receiver) {
    CountedChannel channel = maker.make(credits, batchElements, sender, receiver);
    channels.add(channel);
    return channel;
  }

  @Override
  public Crew crew(List<Task> tasks, Crew.Listener listener) {
    List<CountedChannel> ofAttempt = List.copyOf(channels);
    channels.clear();
    SimulatedCrew made = new SimulatedCrew(life, tasks, listener, mayStep, watch, ofAttempt);
    crew = made;
    return made;
  }

  @Override
  public <E> Mailbox<E> mailbox() {
    return new SimulatedMailbox<>();
  }

  private final class SimulatedMailbox<E> implements Mailbox<E> {
    private final Deque<E> messages = new ArrayDeque<>();

    @Override
    public void put(E message) {
      messages.add(message);
    }

    @Override
    public @Nullable E poll(long millis) {
      long until = world.clock().millis() + millis;
      while (true) {
        life.stillThere();
        // The job's thread may come late to what it is told.
        if (!messages.isEmpty() && !chance.oneIn(5)) {
          return messages.remove();
        }
        if (world.clock().millis() >= until) {
          return messages.poll();
        }
        step(until);
      }
    }
  }

  private void step(long untilMillis) {
    if (chance.oneIn(4)) {
      background.run();
    }
    SimulatedCrew running = crew;
    if (running == null || !running.step()) {
      life.does("waits");
      long left = Math.max(1, untilMillis - world.clock().millis());
      world.pass(Math.min(left, chance.between(1, 20)));
      if (running != null) {
        running.timeHasPassed();
      }
    } else if (chance.oneIn(2)) {
      world.pass(1);
    }
  }
}
