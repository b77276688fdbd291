/**
 * What authors of pipelines and connectors compile against: the runner's options, hints, and the
 * contracts by which connectors meet the engine.
 *
 * <p>Depends on the Beam SDK alone; never on a runner.
 */
@NullMarked
package io.purlin.sdk;

import org.jspecify.annotations.NullMarked;
