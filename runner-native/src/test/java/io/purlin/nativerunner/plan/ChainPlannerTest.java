package io.purlin.nativerunner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.graph.Edge;
import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.graph.Partitioning;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.graph.Vertex.ChainHint;
import io.purlin.nativerunner.operator.ForwardOperator;
import io.purlin.nativerunner.source.EmptySourceFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainPlannerTest {
  private static final Partitioning BY_STRING = new Partitioning.Keyed(StringUtf8Coder.of());

  private final List<Vertex> vertices = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  private int source(boolean single) {
    int id = vertices.size();
    vertices.add(new Vertex.Source(id, "v" + id, new EmptySourceFactory(), single, ChainHint.NONE));
    return id;
  }

  private int step(@Nullable Coder<?> outputKey, ChainHint hint) {
    int id = vertices.size();
    vertices.add(new Vertex.Step(id, "v" + id, ForwardOperator::new, outputKey, hint));
    return id;
  }

  private int step() {
    return step(null, ChainHint.NONE);
  }

  private void edge(int from, int to, Partitioning partitioning) {
    edges.add(new Edge(from, 0, to, partitioning));
  }

  private ExecutionPlan plan(int parallelism) {
    return ChainPlanner.plan(new LogicalGraph(vertices, edges), new PlanOptions(parallelism, true));
  }

  private static List<List<Integer>> members(ExecutionPlan plan) {
    return plan.chains().stream()
        .map(chain -> chain.members().stream().map(Vertex::id).toList())
        .toList();
  }

  @Test
  void fusesForwardStepsWithTheirSource() {
    int source = source(false);
    int first = step();
    int second = step();
    edge(source, first, Partitioning.FORWARD);
    edge(first, second, Partitioning.FORWARD);

    ExecutionPlan plan = plan(4);

    assertThat(members(plan)).containsExactly(List.of(0, 1, 2));
    assertThat(plan.chains().get(0).parallelism()).isEqualTo(4);
    assertThat(plan.exchanges()).isEmpty();
  }

  @Test
  void exchangesWhereElementsArePartitionedByKey() {
    int source = source(false);
    int grouping = step();
    edge(source, grouping, BY_STRING);

    ExecutionPlan plan = plan(2);

    assertThat(members(plan)).containsExactly(List.of(0), List.of(1));
    assertThat(plan.exchanges())
        .singleElement()
        .satisfies(e -> assertThat(e.partitioning()).isEqualTo(BY_STRING))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("elements are partitioned by key"));
  }

  @Test
  void needsNoExchangeAtParallelismOne() {
    int source = source(false);
    int grouping = step();
    int redistributed = step();
    edge(source, grouping, BY_STRING);
    edge(grouping, redistributed, Partitioning.REBALANCE);

    assertThat(members(plan(1))).containsExactly(List.of(0, 1, 2));
  }

  @Test
  void needsNoExchangeForElementsThatAreAlreadyPartitionedByTheKey() {
    int source = source(false);
    int grouping = step(StringUtf8Coder.of(), ChainHint.NONE);
    int sameKey = step();
    int otherKey = step();
    edge(source, grouping, BY_STRING);
    edge(grouping, sameKey, BY_STRING);
    edge(grouping, otherKey, new Partitioning.Keyed(VarLongCoder.of()));

    assertThat(members(plan(2))).containsExactly(List.of(0), List.of(1, 2), List.of(3));
  }

  @Test
  void rebalancesWhereParallelismRises() {
    int single = source(true);
    int many = source(false);
    int union = step();
    edge(single, union, Partitioning.FORWARD);
    edge(many, union, Partitioning.FORWARD);

    ExecutionPlan plan = plan(3);

    assertThat(plan.chains().get(2).parallelism()).isEqualTo(3);
    assertThat(plan.exchanges().stream().map(ExchangePlan::partitioning))
        .containsExactly(Partitioning.REBALANCE, Partitioning.FORWARD);
  }

  @Test
  void fusesADiamondThatComesFromOneChain() {
    int source = source(false);
    int left = step();
    int right = step();
    int union = step();
    edge(source, left, Partitioning.FORWARD);
    edge(source, right, Partitioning.FORWARD);
    edge(left, union, Partitioning.FORWARD);
    edge(right, union, Partitioning.FORWARD);

    assertThat(members(plan(2))).containsExactly(List.of(0, 1, 2, 3));
  }

  @Test
  void gathersInOneTask() {
    int source = source(false);
    int single = step();
    edge(source, single, Partitioning.SINGLE);

    ExecutionPlan plan = plan(2);

    assertThat(plan.chains().get(1).parallelism()).isEqualTo(1);
    assertThat(plan.exchanges().get(0).partitioning()).isEqualTo(Partitioning.SINGLE);
  }

  @Test
  void startsANewChainWhereItIsAskedTo() {
    int source = source(false);
    int first = step(null, ChainHint.START_NEW_CHAIN);
    int second = step(null, ChainHint.NEVER);
    int third = step();
    edge(source, first, Partitioning.FORWARD);
    edge(first, second, Partitioning.FORWARD);
    edge(second, third, Partitioning.FORWARD);

    assertThat(members(plan(1))).containsExactly(List.of(0), List.of(1), List.of(2), List.of(3));
  }

  @Test
  void chainsNothingWhenChainingIsOff() {
    int source = source(false);
    int first = step();
    edge(source, first, Partitioning.FORWARD);

    ExecutionPlan plan =
        ChainPlanner.plan(new LogicalGraph(vertices, edges), new PlanOptions(1, false));

    assertThat(members(plan)).containsExactly(List.of(0), List.of(1));
    assertThat(plan.exchanges().get(0).reason()).isEqualTo("--operatorChaining=false");
  }
}
