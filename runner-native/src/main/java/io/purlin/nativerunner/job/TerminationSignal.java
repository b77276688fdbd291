package io.purlin.nativerunner.job;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM while jobs run that can be stopped in order. The JVM ends with 143 after this signal,
 * whatever its shutdown hooks do, so a manager of processes would take an orderly stop for a
 * failure. Here the first signal ends the JVM with exit code 0, and the hooks stop the jobs; a job
 * that cannot be stopped in order, and a second signal, end it with 143 at once.
 *
 * <p>No public API hears signals. {@code sun.misc.Signal} is one of the internals that the JDK
 * keeps open on purpose (JEP 260); it is called by reflection, since it may go, and because a
 * direct call does not compile without a warning. Without it, or when the JVM was told to leave
 * signals alone ({@code -Xrs}), all is as in any JVM. While no such job runs, signals go to whoever
 * handled them before.
 *
 * <p>For all threads; as long as the process.
 */
final class TerminationSignal {
  private static final Logger LOG = LoggerFactory.getLogger(TerminationSignal.class);
  private static final String NAME = "TERM";

  /** 128 and the number of the signal, as shells and the JVM have it. */
  private static final int TERMINATED = 143;

  private static final Set<Job> JOBS = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();
  private static final AtomicBoolean HEARD = new AtomicBoolean();

  private TerminationSignal() {}

  /** From now on the signal is about this job, too, which a shutdown hook stops in order. */
  static void covers(Job job) {
    JOBS.add(job);
    if (INSTALLED.compareAndSet(false, true)) {
      try {
        install();
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        LOG.debug("SIGTERM ends the process with the JVM's own exit code", e);
      }
    }
  }

  /** The job has ended. */
  static void forget(Job job) {
    JOBS.remove(job);
  }

  /** The shutdown hook of a job says that it could not be stopped in order. */
  static void notInOrder() {
    if (HEARD.get()) {
      Runtime.getRuntime().halt(TERMINATED);
    }
  }

  private static void install() throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = handlerType.getMethod("handle", signalType);
    Object[] before = new Object[1];
    Object handler =
        Proxy.newProxyInstance(
            TerminationSignal.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              if (!method.equals(handle)) {
                return method.invoke(before, arguments);
              }
              if (!isOurs()) {
                handle.invoke(before[0], arguments);
              }
              return null;
            });
    Object signal = signalType.getConstructor(String.class).newInstance(NAME);
    before[0] =
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }

  /** Ends the process; false when the signal is not about a job of ours. */
  private static boolean isOurs() {
    if (HEARD.get()) {
      Runtime.getRuntime().halt(TERMINATED);
    }
    if (JOBS.isEmpty() || !HEARD.compareAndSet(false, true)) {
      return false;
    }
    LOG.warn("SIGTERM: the job is stopped; a second one ends the process at once.");
    System.exit(0);
    return true;
  }
}
