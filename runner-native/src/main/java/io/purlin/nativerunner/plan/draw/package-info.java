/**
 * Draws a plan: text, DOT for Graphviz, and SVG laid out here.
 *
 * <p>In: an execution plan and a {@link io.purlin.nativerunner.plan.draw.PlanFormat}. Out: a
 * string, the same for the same plan. {@link io.purlin.nativerunner.plan.draw.LayeredLayout} knows
 * boxes and edges alone: it puts each box on a layer below all that lead to it, orders the layers
 * so that few edges cross, and moves boxes beneath what they belong to. Pure functions; no thread,
 * no input or output.
 */
@NullMarked
package io.purlin.nativerunner.plan.draw;

import org.jspecify.annotations.NullMarked;
