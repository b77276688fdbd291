package io.purlin.nativerunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.element.CurrentElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.core.metrics.MonitoringInfoMetricName;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.metrics.StringSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts as user code does, through Beam's environment. */
class JobMetricsTest {
  private static final Counter COUNTER = Metrics.counter("test", "counter");
  private static final Distribution DISTRIBUTION = Metrics.distribution("test", "distribution");
  private static final StringSet SET = Metrics.stringSet("test", "set");

  private final CurrentElement current = new CurrentElement();
  private final JobMetrics job = new JobMetrics(List.of("read", "parse"));
  private final TaskMetrics task = job.task(current);
  private @Nullable MetricsContainer before;

  @BeforeEach
  void setContainer() {
    before = MetricsEnvironment.setCurrentContainer(task);
  }

  @AfterEach
  void restoreContainer() {
    MetricsEnvironment.setCurrentContainer(before);
  }

  @Test
  void countsForTheStepThatRuns() {
    current.step(0);
    COUNTER.inc();
    current.step(1);
    COUNTER.inc(5);
    COUNTER.dec();
    COUNTER.dec(2);
    current.step(0);
    COUNTER.inc();

    assertThat(attempted(job.results().allMetrics().getCounters()))
        .isEqualTo(Map.of("read counter", 2L, "parse counter", 2L));
  }

  @Test
  void sumsUpAllTasks() {
    CurrentElement otherCurrent = new CurrentElement();
    TaskMetrics other = job.task(otherCurrent);
    COUNTER.inc(1);
    DISTRIBUTION.update(10);
    DISTRIBUTION.update(-3);
    SET.add("a", "b");
    MetricsEnvironment.setCurrentContainer(other);
    COUNTER.inc(2);
    DISTRIBUTION.update(7);
    SET.add("b", "c");

    MetricQueryResults results = job.results().allMetrics();

    assertThat(attempted(results.getCounters())).isEqualTo(Map.of("read counter", 3L));
    assertThat(attempted(results.getDistributions()))
        .isEqualTo(Map.of("read distribution", DistributionResult.create(14, 3, -3, 10)));
    assertThat(results.getStringSets())
        .singleElement()
        .satisfies(
            set ->
                assertThat(set.getAttempted().getStringSet())
                    .containsExactlyInAnyOrder("a", "b", "c"));
  }

  @Test
  void whatABundleCountsIsCommittedWhenItHasEnded() {
    COUNTER.inc(2);
    DISTRIBUTION.update(1);
    task.commit();
    COUNTER.inc(3);
    DISTRIBUTION.update(9);

    MetricQueryResults open = job.results().allMetrics();
    assertThat(committed(open.getCounters())).isEqualTo(Map.of("read counter", 2L));
    assertThat(attempted(open.getCounters())).isEqualTo(Map.of("read counter", 5L));
    assertThat(committed(open.getDistributions()))
        .isEqualTo(Map.of("read distribution", DistributionResult.create(1, 1, 1, 1)));

    task.commit();
    MetricQueryResults ended = job.results().allMetrics();
    assertThat(committed(ended.getCounters())).isEqualTo(attempted(ended.getCounters()));
    assertThat(committed(ended.getDistributions()))
        .isEqualTo(attempted(ended.getDistributions()))
        .isEqualTo(Map.of("read distribution", DistributionResult.create(10, 2, 1, 9)));
  }

  @Test
  void nothingIsCommittedBeforeTheFirstBundleHasEnded() {
    COUNTER.inc(2);

    assertThat(committed(job.results().allMetrics().getCounters()))
        .isEqualTo(Map.of("read counter", 0L));
  }

  @Test
  void gaugesSetsAndTriesAreCommittedToo() {
    Metrics.gauge("test", "gauge").set(4);
    Metrics.gauge("test", "gauge").set(8);
    SET.add("x");
    Metrics.boundedTrie("test", "trie").add("a", "b");
    task.commit();

    MetricQueryResults results = job.results().allMetrics();

    assertThat(results.getGauges())
        .singleElement()
        .satisfies(
            gauge -> {
              assertThat(gauge.getCommitted()).isEqualTo(gauge.getAttempted());
              assertThat(gauge.getCommitted()).extracting(GaugeResult::getValue).isEqualTo(8L);
            });
    assertThat(results.getStringSets())
        .singleElement()
        .satisfies(set -> assertThat(set.getCommitted().getStringSet()).containsExactly("x"));
    assertThat(results.getBoundedTries())
        .singleElement()
        .satisfies(trie -> assertThat(trie.getCommitted().getResult()).hasSize(1));
  }

  @Test
  void aNameMadeAnewForEachCallIsTheSameMetric() {
    for (int i = 0; i < 20; i++) {
      for (int name = 0; name < 20; name++) {
        Metrics.counter("test", "counter" + name).inc(name);
      }
    }

    Map<String, Long> expected = new TreeMap<>();
    for (int name = 0; name < 20; name++) {
      expected.put("read counter" + name, 20L * name);
    }
    assertThat(attempted(job.results().allMetrics().getCounters())).isEqualTo(expected);
  }

  @Test
  void queriesFilterByStepAndName() {
    current.step(0);
    COUNTER.inc(1);
    Metrics.counter("test", "other").inc(2);
    current.step(1);
    COUNTER.inc(3);

    MetricQueryResults found =
        job.results()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named("test", "counter"))
                    .addStep("parse")
                    .build());

    assertThat(attempted(found.getCounters())).isEqualTo(Map.of("parse counter", 3L));
  }

  @Test
  void resultsCanBeAskedForWhileAnotherThreadCounts() throws Exception {
    int rounds = 100_000;
    Thread counting =
        new Thread(
            () -> {
              MetricsEnvironment.setCurrentContainer(task);
              for (int i = 0; i < rounds; i++) {
                Metrics.counter("test", "live" + i % 10).inc();
                if (i % 100 == 0) {
                  task.commit();
                }
              }
              task.commit();
            });
    counting.start();
    List<Long> seen = new ArrayList<>();
    while (counting.isAlive()) {
      seen.add(sum(job.results().allMetrics().getCounters()));
    }
    counting.join();

    assertThat(seen).isSorted();
    assertThat(sum(job.results().allMetrics().getCounters())).isEqualTo(rounds);
  }

  @Test
  void engineCountersOfAllTasksAddUp() {
    TaskMetrics other = job.task(new CurrentElement());
    task.counters().add(TaskCounters.Name.RECORDS_IN, 3);
    task.counters().add(TaskCounters.Name.RECORDS_IN, 4);
    other.counters().set(TaskCounters.Name.RECORDS_IN, 10);

    assertThat(job.total(TaskCounters.Name.RECORDS_IN)).isEqualTo(17);
    assertThat(job.totals())
        .containsOnlyKeys(TaskCounters.Name.values())
        .containsEntry(TaskCounters.Name.RECORDS_IN, 17L)
        .containsEntry(TaskCounters.Name.KEYS_READ, 0L);
    assertThat(task.counters().all())
        .containsEntry(TaskCounters.Name.RECORDS_IN, 7L)
        .containsEntry(TaskCounters.Name.RECORDS_OUT, 0L);
  }

  @Test
  void elementsOfASourceAreCountedOnAfterARestart() throws IOException {
    current.step(0);
    task.reads("read.out");
    task.taken(3);
    task.commit();
    task.taken(4);

    assertThat(attempted(job.results().allMetrics().getCounters())).isEqualTo(elements(7));
    assertThat(committed(job.results().allMetrics().getCounters())).isEqualTo(elements(3));

    JobMetrics again = new JobMetrics(List.of("read", "parse"));
    again.restore(task.snapshot());
    TaskMetrics first = again.task(current);
    first.reads("read.out");
    first.taken(10);
    assertThat(attempted(again.results().allMetrics().getCounters())).isEqualTo(elements(13));
    assertThat(again.results().allMetrics().getCounters())
        .singleElement()
        .satisfies(
            counter ->
                assertThat(counter.getName())
                    .isEqualTo(
                        MonitoringInfoMetricName.named(
                            "beam:metric:element_count:v1", Map.of("PCOLLECTION", "read.out"))));
  }

  private static Map<String, Long> elements(long count) {
    return Map.of("read metric:element_count:v1", count);
  }

  private static long sum(Iterable<MetricResult<Long>> counters) {
    long sum = 0;
    for (MetricResult<Long> counter : counters) {
      sum += counter.getAttempted();
    }
    return sum;
  }

  private static <T> Map<String, T> attempted(Iterable<MetricResult<T>> results) {
    Map<String, T> found = new TreeMap<>();
    results.forEach(result -> found.put(label(result), result.getAttempted()));
    return found;
  }

  private static <T> Map<String, T> committed(Iterable<MetricResult<T>> results) {
    Map<String, T> found = new TreeMap<>();
    results.forEach(result -> found.put(label(result), result.getCommitted()));
    return found;
  }

  private static String label(MetricResult<?> result) {
    return result.getKey().stepName() + " " + result.getName().getName();
  }
}
