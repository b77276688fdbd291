package io.purlin.nativerunner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.web.prometheus.Exposition;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
class MetricsTextTest {
  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*"
              + "|[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\.)*\",?)*})?"
              + " [-+0-9.eEINFNa]+");

  @Test
  void everyLineIsInTheFormatOfPrometheus() {
    List<String> lines = text().lines().toList();
    assertThat(lines).hasSizeGreaterThan(100);
    assertThat(lines).allMatch(line -> LINE.matcher(line).matches());
  }

  @Test
  void figuresOfJobAndTasksHaveFlinksNames() {
    String job = "{job_id=\"" + ShownJob.ID + "\",job_name=\"sums\"}";
    assertThat(text())
        .contains("purlin_jobmanager_job_numRestarts" + job + " 1.0\n")
        .contains("purlin_jobmanager_job_openTransactions" + job + " 1.0\n")
        .contains("purlin_jobmanager_job_lastCheckpointDuration" + job + " 40.0\n")
        .contains("purlin_jobmanager_job_lastCheckpointSize" + job + " 789.0\n")
        .contains("purlin_jobmanager_job_numberOfCompletedCheckpoints" + job + " 3.0\n")
        .contains("# TYPE purlin_taskmanager_job_task_numRecordsIn gauge\n");
    String writing =
        "{job_id=\""
            + ShownJob.ID
            + "\",job_name=\"sums\",subtask_index=\"0\",task_id=\""
            + ShownJob.WRITE
            + "\",task_name=\"Write\"} ";
    assertThat(text())
        .contains("purlin_taskmanager_job_task_numRecordsIn" + writing + "900.0\n")
        .contains("purlin_taskmanager_job_task_busyTimeMsPerSecond" + writing + "1000.0\n")
        .contains("purlin_taskmanager_job_task_buffers_inPoolUsage" + writing + "0.75\n")
        .contains("purlin_taskmanager_job_task_watermarkLag" + writing + "100.0\n");
  }

  @Test
  void whatUserCodeCountsIsThereByItsStep() {
    assertThat(text())
        .containsPattern("purlin_beam_counter\\{[^}]*name=\"rows\"[^}]*step=\"Write\"} 41\\.0")
        .containsPattern("purlin_beam_distribution_max\\{[^}]*name=\"size\"[^}]*} 7\\.0");
  }

  @Test
  void theJvmIsThere() {
    assertThat(text())
        .contains("jvm_memory_used_bytes{area=\"heap\"")
        .contains("jvm_threads_live_threads ")
        .contains("process_uptime_seconds ");
  }

  private static String text() {
    ShownJob job = new ShownJob();
    JobView view = job.view();
    try (Exposition exposition = new Exposition()) {
      return exposition.text(view, Rates.between(view, view), job.metrics());
    }
  }
}
