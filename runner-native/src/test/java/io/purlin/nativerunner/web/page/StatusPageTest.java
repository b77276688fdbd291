package io.purlin.nativerunner.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.purlin.nativerunner.NativeRunner;
import io.purlin.nativerunner.RestAddress;
import io.purlin.nativerunner.web.RestClient;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real pipeline with a slow step, looked at in a real browser: what a person would read there.
 * Pictures are left in {@code target/status-page}.
 */
class StatusPageTest {
  private static final String SLY = "<script>alert(1)</script>";
  private static final String SLOW = "Look up country";
  private static final Path PICTURES = Path.of("target", "status-page");
  private static final int WIDE = 1_280;
  private static final int NARROW = 400;
  private static final int AT_ONCE = 100_000;
  private static final long MOST_NANOS = Duration.ofSeconds(90).toNanos();

  private static final AtomicBoolean FAILS = new AtomicBoolean();
  private static final AtomicInteger SEEN = new AtomicInteger();
  private static final CountDownLatch OPEN = new CountDownLatch(1);

  @TempDir private Path profile;
  @TempDir private Path checkpoints;

  @Test
  void itNamesTheSlowStepAndSaysWhatTheMetricsSay() throws Exception {
    try (Chromium browser = Chromium.start(profile)) {
      PipelineResult job = pipeline().run();
      try {
        int port = ((RestAddress) job).restPort().orElseThrow();
        DevTools page = browser.tools();
        page.size(WIDE, 1_000);
        page.call("Page.navigate", Map.of("url", origin(port) + "/"));

        namesTheSlowStep(page);
        saysWhatTheMetricsSay(page, port);
        takesNamesAsText(page);
        canBeReadByEveryone(page);
        loadsNothingFromElsewhere(page, port);

        FAILS.set(true);
        OPEN.countDown();
        tellsOfTheFailure(page);
      } finally {
        OPEN.countDown();
        job.cancel();
      }
      staysReadableAtTheEnd(browser.tools());
    }
  }

  private static void namesTheSlowStep(DevTools page) {
    page.until("document.querySelector('.chain.is-slow') !== null");
    page.until(text("#verdict-line") + ".startsWith('Slow:')");
    assertThat(page.evaluate(text("#verdict-line")).asText())
        .contains(SLOW)
        .contains("holds back 2 tasks");
    assertThat(page.evaluate("document.querySelectorAll('.chain.is-slow').length").asInt())
        .isEqualTo(1);
    assertThat(page.evaluate(text(".chain.is-slow .chain-open")).asText()).contains(SLOW);
    assertThat(page.evaluate(text(".chain.is-slow .chain-slow")).asText()).contains("Slowest");
    assertThat(page.evaluate(text("#card-speed .answer")).asText()).contains(SLOW);
    // It is read out.
    assertThat(page.evaluate(text("#announce")).asText()).startsWith("Slow").contains(SLOW);
  }

  private static void saysWhatTheMetricsSay(DevTools page, int port) throws Exception {
    // By the keyboard alone.
    page.evaluate("document.querySelector('.chain.is-slow .chain-open').focus()");
    for (String type : List.of("keyDown", "keyUp")) {
      page.call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              "Enter",
              "code",
              "Enter",
              "text",
              "\r",
              "windowsVirtualKeyCode",
              13));
    }
    page.until("document.querySelectorAll('#tasks tr').length === 2");
    assertThat(page.evaluate("document.querySelector('[aria-expanded=true]').textContent").asText())
        .contains(SLOW);
    String chain =
        page.evaluate("document.querySelector('.chain.is-slow').dataset.vertex").asText();
    // The job stands still, but the last elements that found a place may still be on their way. One
    // of the two tasks may have taken all of its own before the other let nobody send any more: it
    // is idle then, and the page must say so.
    long since = System.nanoTime();
    List<List<String>> shown;
    List<List<String>> told;
    do {
      told = told(chain, port);
      JsonNode rows =
          page.evaluate(
              "[...document.querySelectorAll('#tasks tr')].map(row => [2, 3, 6, 7, 8].map(at =>"
                  + " row.children[at].textContent))");
      shown =
          StreamSupport.stream(rows.spliterator(), false)
              .map(
                  row ->
                      StreamSupport.stream(row.spliterator(), false).map(JsonNode::asText).toList())
              .toList();
    } while (!(shown.equals(told) && shown.stream().anyMatch(StatusPageTest::stands))
        && System.nanoTime() - since < MOST_NANOS);
    assertThat(shown).hasSize(2).isEqualTo(told);
    assertThat(shown)
        .allSatisfy(task -> assertThat(task.get(0)).isNotEqualTo("0"))
        .anyMatch(StatusPageTest::stands);
    page.picture(PICTURES.resolve("slow.png"), WIDE);
  }

  private static boolean stands(List<String> task) {
    return task.get(2).equals("100 %");
  }

  /** Of each task: records in and out, and how much of the time it is busy, waits, is idle. */
  private static List<List<String>> told(String chain, int port) throws Exception {
    String metrics = new RestClient(port).get("/metrics").body();
    return List.of("0", "1").stream()
        .map(
            task ->
                List.of(
                    String.format(
                        Locale.ROOT, "%,d", (long) figure(metrics, "numRecordsIn", chain, task)),
                    String.format(
                        Locale.ROOT, "%,d", (long) figure(metrics, "numRecordsOut", chain, task)),
                    percent(figure(metrics, "busyTimeMsPerSecond", chain, task)),
                    percent(figure(metrics, "backPressuredTimeMsPerSecond", chain, task)),
                    percent(figure(metrics, "idleTimeMsPerSecond", chain, task))))
        .toList();
  }

  private static double figure(String metrics, String name, String chain, String task) {
    Matcher line =
        Pattern.compile(
                "^purlin_taskmanager_job_task_"
                    + name
                    + "\\{(?=[^}]*subtask_index=\""
                    + task
                    + "\")(?=[^}]*task_id=\""
                    + chain
                    + "\")[^}]*} (\\S+)$",
                Pattern.MULTILINE)
            .matcher(metrics);
    assertThat(line.find()).as("%s of %s in%n%s", name, chain, metrics).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private static String percent(double millisOfSecond) {
    return millisOfSecond > 0 && millisOfSecond < 5
        ? "<1 %"
        : Math.round(millisOfSecond / 10) + " %";
  }

  private static void takesNamesAsText(DevTools page) {
    JsonNode steps =
        page.evaluate("[...document.querySelectorAll('.chain-steps li')].map(s => s.textContent)");
    assertThat(steps).anySatisfy(step -> assertThat(step.asText()).startsWith(SLY));
    assertThat(page.evaluate("document.querySelectorAll('body script').length").asInt()).isZero();
    assertThat(page.happened("Page.javascriptDialogOpening")).isEmpty();
  }

  private static void canBeReadByEveryone(DevTools page) {
    for (String scheme : List.of("dark", "light")) {
      page.call(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      assertThat(page.evaluate(Legibility.POOR_CONTRASTS)).as(scheme).isEmpty();
      page.picture(PICTURES.resolve("slow-" + scheme + ".png"), WIDE);
    }
    assertThat(Legibility.nameless(page.call("Accessibility.getFullAXTree", Map.of()))).isEmpty();
    page.size(NARROW, 800);
    page.until("innerWidth === " + NARROW);
    page.picture(PICTURES.resolve("narrow.png"), NARROW);
    assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(NARROW);
    page.size(WIDE, 1_000);
  }

  private static void loadsNothingFromElsewhere(DevTools page, int port) {
    assertThat(page.happened("Network.requestWillBeSent"))
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.at("/request/url").asText()).startsWith(origin(port) + "/"));
    assertThat(page.happened("Runtime.exceptionThrown")).isEmpty();
    // Among them would be what the policy of the page forbids.
    assertThat(page.happened("Log.entryAdded")).isEmpty();
  }

  private static void tellsOfTheFailure(DevTools page) {
    page.until(text("#failures") + ".includes('cannot look up')");
    page.until(text("#card-safety") + ".includes('cannot look up')");
    page.until("Number(" + text("#job-restarts") + ") >= 1");
    page.picture(PICTURES.resolve("restarted.png"), WIDE);
  }

  private static void staysReadableAtTheEnd(DevTools page) {
    page.until("!document.getElementById('gone').hidden");
    assertThat(page.evaluate(text("#gone")).asText()).contains("ended");
    assertThat(page.evaluate(text("#job-name")).asText()).isEqualTo("status-page");
    assertThat(page.evaluate("document.querySelectorAll('.chain').length").asInt()).isEqualTo(2);
    page.picture(PICTURES.resolve("ended.png"), WIDE);
  }

  private static String text(String selector) {
    return "document.querySelector('" + selector + "').textContent";
  }

  private static String origin(int port) {
    return "http://127.0.0.1:" + port;
  }

  private Pipeline pipeline() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setJobName("status-page");
    options.setParallelism(2);
    options.setBuffersPerChannel(2);
    options.setCheckpointingInterval(200L);
    options.setCheckpointDir(checkpoints.toString());
    options.setRestartStrategy(CheckpointOptions.Restart.fixed_delay);
    options.setRestartAttempts(1_000);
    options.setRestartDelayMillis(1L);
    options.setRestPort(0);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Clicks", GenerateSequence.from(0))
        .apply(SLY, ParDo.of(new Same()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply(SLOW, ParDo.of(new LookUp()));
    return pipeline;
  }

  private static final class Same extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> out) {
      out.output(element);
    }
  }

  /** Takes some elements at once and no more before it is let, and fails once. */
  private static final class LookUp extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() throws InterruptedException {
      if (SEEN.incrementAndGet() > AT_ONCE) {
        OPEN.await();
      }
      if (FAILS.compareAndSet(true, false)) {
        throw new IllegalStateException("cannot look up");
      }
    }
  }
}
