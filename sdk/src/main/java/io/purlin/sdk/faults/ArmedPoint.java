package io.purlin.sdk.faults;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the property asks for: at which point, at which hit, and what then.
 *
 * @param point where
 * @param hit at which of its hits, from 1
 * @param action what is done
 * @param delayMillis how long before it ends the process, or holds the thread
 * @param hits how often the point was reached
 */
record ArmedPoint(KillPoint point, int hit, Action action, long delayMillis, AtomicInteger hits) {
  /** What a process ends with that is killed by signal 9. */
  private static final int KILLED = 137;

  private static final Pattern FORM =
      Pattern.compile("(K[0-9]{2}):([1-9][0-9]{0,8})(?::(after|wait)-([0-9]{1,6}))?");

  /** What is done at the hit. */
  enum Action {
    HALT,
    AFTER,
    WAIT
  }

  static ArmedPoint parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "-D"
              + KillPoint.PROPERTY
              + "="
              + text
              + " is not like K09:3, K09:3:after-15 or"
              + " K09:3:wait-500");
    }
    KillPoint point =
        Arrays.stream(KillPoint.values())
            .filter(each -> each.code().equals(form.group(1)))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("there is no kill point " + form.group(1)));
    Action action =
        form.group(3) == null
            ? Action.HALT
            : form.group(3).equals("after") ? Action.AFTER : Action.WAIT;
    long delayMillis = form.group(4) == null ? 0 : Long.parseLong(form.group(4));
    return new ArmedPoint(
        point, Integer.parseInt(form.group(2)), action, delayMillis, new AtomicInteger());
  }

  void reached(KillPoint reached) {
    if (reached != point || hits.incrementAndGet() != hit) {
      return;
    }
    System.err.println("fault " + point.code() + " (" + point + "), hit " + hit + ": " + action);
    switch (action) {
      case HALT -> Runtime.getRuntime().halt(KILLED);
      case AFTER -> {
        Thread later = new Thread(this::haltLater, "fault");
        later.setDaemon(true);
        later.start();
      }
      case WAIT -> sleep();
    }
  }

  private void haltLater() {
    sleep();
    Runtime.getRuntime().halt(KILLED);
  }

  private void sleep() {
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
