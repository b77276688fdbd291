package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.JobView;
import io.purlin.sdk.NativePipelineOptions;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a job to who has started it, as the option {@code --progress} says: live in a terminal, or
 * as lines in the log.
 *
 * <p>Has a thread of its own, a daemon, which looks at the job once a second. The job does nothing
 * for it, and nothing that goes wrong here reaches the job. The terminal is left as it was when the
 * job ends and when the process does.
 */
public final class Progress {
  /** The values of the option; a name without a value is {@code true}. */
  public static final List<String> VALUES = List.of("off", "auto", "plain", "false", "true");

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final long PERIOD_MILLIS = 1_000;

  /** A terminal has room for one job: others of the process log their lines. */
  private static final AtomicBoolean TERMINAL_TAKEN = new AtomicBoolean();

  private final Supplier<JobView> job;
  private final Display display;
  private final Pace pace = new Pace();
  private boolean over;

  /**
   * Shows nothing before it is told to.
   *
   * @param job to look at; any thread may ask it
   */
  Progress(Supplier<JobView> job, Display display) {
    this.job = job;
    this.display = display;
  }

  /**
   * Begins to show a job that is about to start, if the options ask for it.
   *
   * @param unbounded whether the job has no end of its own
   * @param job to look at; any thread may ask it
   * @return to be run when nothing of the job runs any more; throws nothing
   */
  public static Runnable begin(
      NativePipelineOptions options, boolean unbounded, Supplier<JobView> job) {
    return begin(options.getProgress(), unbounded, job, LOG::info);
  }

  /**
   * The same with another log.
   *
   * @param asked one of {@link #VALUES}
   */
  static Runnable begin(
      String asked, boolean unbounded, Supplier<JobView> job, Consumer<String> log) {
    if (asked.equals("off") || asked.equals("false")) {
      return () -> {};
    }
    Text text = unbounded ? new UnboundedText() : new BoundedText();
    Display live = asked.equals("plain") ? null : terminal(text, System.getenv());
    if (live == null) {
      return new Progress(job, new LogDisplay(text, log)).run();
    }
    Runnable end = new Progress(job, live).run();
    return () -> {
      end.run();
      TERMINAL_TAKEN.set(false);
    };
  }

  private static @Nullable Display terminal(Text text, Map<String, String> environment) {
    Console console = TerminalSize.terminal(environment);
    if (console == null) {
      return null;
    }
    TerminalSize size = TerminalSize.ofProcess();
    if (size == null || !TERMINAL_TAKEN.compareAndSet(false, true)) {
      return null;
    }
    Charset charset = console.charset();
    String noColour = environment.getOrDefault("NO_COLOR", "");
    // Not System.out: a program may have put something else there.
    Screen screen =
        new Screen(new FileOutputStream(FileDescriptor.out), charset, noColour.isEmpty());
    return new ScreenDisplay(text, screen, size, TerminalSize::ofProcess);
  }

  private Runnable run() {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "purlin progress"));
    Thread atExit = new Thread(this::leave, "purlin progress end");
    Runtime.getRuntime().addShutdownHook(atExit);
    var unused =
        thread.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return () -> {
      thread.shutdownNow();
      end();
      forget(atExit);
    };
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  /** Looks at the job and shows it. What fails now may work the next time. */
  synchronized void look() {
    if (over) {
      return;
    }
    try {
      display.show(pace.at(job.get()));
    } catch (RuntimeException e) {
      LOG.debug("The job's progress could not be shown", e);
    }
  }

  /** The job has ended. */
  synchronized void end() {
    over = true;
    try {
      display.end(pace.at(job.get()));
    } catch (RuntimeException e) {
      LOG.debug("The job's end could not be shown", e);
      display.leave();
    }
  }

  /** The process ends while the job runs, or is going to. */
  private synchronized void leave() {
    over = true;
    display.leave();
  }
}
