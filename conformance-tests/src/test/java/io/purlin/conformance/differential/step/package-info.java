/**
 * The steps of which pipelines are drawn. Each is a constant or a record, so that a pipeline can be
 * printed and built again; what user code there is in them depends on nothing but its input and
 * state.
 */
@NullMarked
package io.purlin.conformance.differential.step;

import org.jspecify.annotations.NullMarked;
