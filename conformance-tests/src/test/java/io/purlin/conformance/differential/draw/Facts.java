package io.purlin.conformance.differential.draw;

import io.purlin.conformance.differential.step.Stateful;

/**
 * What is known of the elements between two steps, by which the next is drawn: of some pipelines
 * the model leaves open what they make, because a runner may choose how elements are bundled.
 *
 * @param bounded whether all elements are there before the watermark moves
 * @param several whether one moment may bring more than one element of a key, in whatever order
 * @param late whether elements may be behind the watermark
 * @param merging whether windows merge
 * @param counting whether the trigger fires by count or processing time, and not only at the end of
 *     a window
 * @param lateness whether late elements may be taken after the end of their window
 * @param held whether a step before has state whose windows live on behind their ends: the
 *     DirectRunner holds the watermark back there until they are over, the native runner does not
 * @param closing whether a window has a last pane in any case
 * @param global whether everything is in one window
 */
record Facts(
    boolean bounded,
    boolean several,
    boolean late,
    boolean merging,
    boolean counting,
    boolean lateness,
    boolean held,
    boolean closing,
    boolean global) {
  /**
   * Whether all panes of a grouping are determined. Panes by count, and late ones, hang on what
   * comes together.
   */
  boolean canGroup() {
    return !held && (counting ? !several : !(several && late && lateness));
  }

  /**
   * Whether what a stateful step makes is determined. At the end of the global window time itself
   * ends, and with it whatever follows.
   */
  boolean canKeepState(Stateful step) {
    if (merging || (global && step.emitsAtEnd())) {
      return false;
    }
    return step.isOrdered() ? !several : !(several && late && lateness);
  }

  /** Behind a grouping, whose last panes come when windows are over. */
  Facts grouped() {
    boolean later = late || (lateness && (counting || closing));
    return new Facts(bounded, true, later, merging, counting, lateness, held, closing, global);
  }

  /** Behind a step that keeps elements back: one moment can end that for many. */
  Facts together() {
    return new Facts(bounded, true, late, merging, counting, lateness, held, closing, global);
  }

  /** Behind a step with state. */
  Facts kept() {
    return new Facts(
        bounded, true, late, merging, counting, lateness, held || lateness, closing, global);
  }
}
