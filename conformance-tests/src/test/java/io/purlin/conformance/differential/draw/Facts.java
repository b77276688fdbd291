package io.purlin.conformance.differential.draw;

import io.purlin.conformance.differential.recipe.Input;
import io.purlin.conformance.differential.step.Stateful;

/**
 * What is known of the elements between two steps, by which the next is drawn: of some pipelines
 * the model leaves open what they make, because a runner may choose how elements are bundled.
 *
 * @param pace how the watermark comes to its end
 * @param several whether one moment may bring more than one element of a key, in whatever order
 * @param late whether elements may be behind the watermark
 * @param windows of the elements
 * @param counting whether the trigger fires by count or processing time, and not only at the end of
 *     a window
 * @param latenessMillis for how long late elements are taken after the end of their window
 * @param held whether a step before has state whose windows live on behind their ends: the
 *     DirectRunner holds the watermark back there until they are over, the native runner does not
 * @param closing whether a window has a last pane in any case
 * @param updated whether the moment of an update of a side input may bring elements, or a moment of
 *     another input, which may come before or after it
 * @param ending whether elements may have the last of all times, as the end of the global window
 *     gives it: other windows would end behind it, where timers and holds are refused
 * @param ownTimes whether panes have the times of their elements, and not of their windows' ends
 */
record Facts(
    Pace pace,
    boolean several,
    boolean late,
    Windows windows,
    boolean counting,
    long latenessMillis,
    boolean held,
    boolean closing,
    boolean updated,
    boolean ending,
    boolean ownTimes) {
  /** A lateness that ends only with time itself: no element is so late. */
  static final long LONG_MILLIS = 2 * Input.LAST_MILLIS;

  /** How the watermark comes to its end, of which the first are the most cautious. */
  enum Pace {
    /** In steps that pass no window's end together with that of a lateness of some milliseconds. */
    FINE,
    /** In steps of which the last passes no window's end, but may pass that of a long lateness. */
    STEPS,
    /** At once, when a stream has come to its end. */
    LEAP,
    /** At once, as a bounded collection comes. */
    JUMP;

    /** Behind a step that holds the watermark back: what it lets go is made up for at once. */
    Pace behindHold() {
      return this == FINE ? STEPS : this;
    }
  }

  /** What windows there are. */
  enum Windows {
    /** Everything is in one. */
    GLOBAL,
    FIXED,
    /** An element may be in several, and is as many elements when it comes into others. */
    SLIDING,
    MERGING
  }

  /** Whether late elements may be taken after the end of their window. */
  boolean lateness() {
    return latenessMillis > 0;
  }

  private boolean shortLateness() {
    return lateness() && latenessMillis < LONG_MILLIS;
  }

  /** Whether one moment may bring more than one element of a key into other windows. */
  boolean severalInOthers() {
    return several || windows == Windows.SLIDING;
  }

  /**
   * Whether all panes of a grouping are determined. Panes by count, and late ones, hang on what
   * comes together. Runners may see the end of a window and that of its lateness as one, when the
   * watermark passes both in one step, or one after the other. The time of a pane of late elements
   * hangs on the step's output watermark, and so on what other keys hold back there.
   */
  boolean canGroup() {
    boolean asOne =
        (shortLateness() && pace != Pace.FINE)
            || (lateness() && (pace == Pace.LEAP || pace == Pace.JUMP));
    boolean lateTimes = late && ownTimes;
    return !held
        && !asOne
        && !lateTimes
        && (counting ? !several : !(several && late && lateness()));
  }

  /**
   * Whether what a stateful step makes is determined. At the end of the global window time itself
   * ends, and with it whatever follows.
   *
   * <p>Elements in the order of time are to come when their lateness is over. The DirectRunner
   * waits that long for the first of them, and then hands over all that the watermark has passed.
   */
  boolean canKeepState(Stateful step) {
    if (windows == Windows.MERGING || (windows == Windows.GLOBAL && step.emitsAtEnd())) {
      return false;
    }
    if (step == Stateful.SORTED && shortLateness()) {
      return false;
    }
    return step.isOrdered() ? !several : !(several && late && lateness());
  }

  /**
   * Whether it is determined what elements find in a side input that fires when a window ends.
   * Whether one sees what came late with it is left open; the global window has no counterpart
   * among windows.
   */
  boolean canAsk() {
    return !late && windows != Windows.GLOBAL;
  }

  /**
   * Whether it is determined what elements find in a side input that is updated now and then. One
   * that comes with an update may see it or not.
   *
   * @param forEver whether that is in one window, and they wait at most for the first update
   */
  boolean canAskUpdates(boolean forEver) {
    return !updated && (forEver || canAsk());
  }

  /**
   * Whether it is determined what becomes of these elements, in the global window, and of those of
   * another stream. No moment of one comes before one of the other, so that elements must not be
   * behind either's watermark.
   */
  boolean canFlatten() {
    return !late;
  }

  /**
   * Whether it is determined what elements find in a side input that is an input of its own. As
   * long as it goes on elements wait, for which this one's watermark may have come to its end.
   *
   * @param there whether all of the side input is there before them
   */
  boolean canAskOther(boolean there) {
    return canAsk() && (there || !lateness());
  }

  /** Behind a step that brings another input in, whose watermark goes by its own pace. */
  Facts flattened(Pace other) {
    Pace slower = pace == Pace.JUMP ? other : Pace.STEPS;
    return with(slower, late, held, true, ending);
  }

  /** Behind a step that keeps elements back until another stream has come so far. */
  Facts togetherByOther() {
    return with(Pace.JUMP, late, held, true, ending);
  }

  /** Behind a grouping, whose last panes come when windows are over. */
  Facts grouped() {
    boolean later = late || (lateness() && (counting || closing));
    return with(pace.behindHold(), later, held, updated, ending || windows == Windows.GLOBAL);
  }

  /** Behind a step that makes several elements of a key of one. */
  Facts multiplied() {
    return with(pace, late, held, updated, ending);
  }

  /** Behind a step that keeps elements back: one moment can end that for many. */
  Facts together() {
    return with(pace.behindHold(), late, held, updated, ending);
  }

  /** Behind a step that keeps elements back until there is an update. */
  Facts togetherByUpdates() {
    return with(pace.behindHold(), late, held, true, ending);
  }

  /** Behind a step with state. */
  Facts kept(Stateful step) {
    // What waits for processing time may be let go only when the stream has come to its end.
    boolean leaps = step == Stateful.IDLE && pace != Pace.JUMP;
    return with(leaps ? Pace.LEAP : pace.behindHold(), late, held || lateness(), updated, ending);
  }

  /** Behind a step of which one moment may bring several elements of a key. */
  private Facts with(
      Pace nowPace, boolean nowLate, boolean nowHeld, boolean nowUpdated, boolean nowEnding) {
    return new Facts(
        nowPace,
        true,
        nowLate,
        windows,
        counting,
        latenessMillis,
        nowHeld,
        closing,
        nowUpdated,
        nowEnding,
        ownTimes);
  }
}
