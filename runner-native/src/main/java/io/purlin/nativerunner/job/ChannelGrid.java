package io.purlin.nativerunner.job;

import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.job.machine.Machine;
import io.purlin.nativerunner.plan.ChainPlan;
import io.purlin.nativerunner.plan.ExchangePlan;
import io.purlin.nativerunner.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All channels of a job. A forward exchange has one channel for each pair of tasks with the same
 * index; any other has one from each task to each.
 */
final class ChannelGrid {
  /** Elements of a batch. */
  private static final int BATCH_ELEMENTS = 256;

  private record TaskId(int chain, int index) {}

  private record Link(int exchange, int from, int to) {}

  private final ExecutionPlan plan;
  private final Map<TaskId, Signal> signals = new HashMap<>();
  private final Map<Link, Channel> channels = new HashMap<>();

  ChannelGrid(ExecutionPlan plan, int buffersPerChannel, Machine machine) {
    this.plan = plan;
    for (ChainPlan chain : plan.chains()) {
      for (int index = 0; index < chain.parallelism(); index++) {
        signals.put(new TaskId(chain.id(), index), new Signal());
      }
    }
    for (ExchangePlan exchange : plan.exchanges()) {
      ChainPlan from = plan.chains().get(exchange.fromChain());
      ChainPlan to = plan.chains().get(exchange.toChain());
      for (int sender = 0; sender < from.parallelism(); sender++) {
        for (int receiver = 0; receiver < to.parallelism(); receiver++) {
          if (!isForward(exchange) || sender == receiver) {
            channels.put(
                new Link(exchange.id(), sender, receiver),
                machine.channel(
                    buffersPerChannel, BATCH_ELEMENTS, signal(from, sender), signal(to, receiver)));
          }
        }
      }
    }
  }

  private static boolean isForward(ExchangePlan exchange) {
    return exchange.partitioning() instanceof Partitioning.Forward;
  }

  /** What wakes a task. */
  Signal signal(ChainPlan chain, int index) {
    Signal signal = signals.get(new TaskId(chain.id(), index));
    if (signal == null) {
      throw new IllegalArgumentException("no task " + index + " of chain " + chain.id());
    }
    return signal;
  }

  /** The channels that a task reads. */
  List<Channel> into(ChainPlan chain, int index) {
    List<Channel> found = new ArrayList<>();
    for (ExchangePlan exchange : plan.into(chain)) {
      int senders = plan.chains().get(exchange.fromChain()).parallelism();
      for (int sender = 0; sender < senders; sender++) {
        Channel channel = channels.get(new Link(exchange.id(), sender, index));
        if (channel != null) {
          found.add(channel);
        }
      }
    }
    return found;
  }

  /** The channels that a task writes. */
  List<Channel> outOf(ChainPlan chain, int index) {
    return plan.outOf(chain).stream().flatMap(exchange -> outOf(exchange, index).stream()).toList();
  }

  /** The channels by which a task writes an exchange, by the index of the reading task. */
  List<Channel> outOf(ExchangePlan exchange, int index) {
    List<Channel> found = new ArrayList<>();
    int receivers = plan.chains().get(exchange.toChain()).parallelism();
    for (int receiver = 0; receiver < receivers; receiver++) {
      Channel channel = channels.get(new Link(exchange.id(), index, receiver));
      if (channel != null) {
        found.add(channel);
      }
    }
    return found;
  }
}
