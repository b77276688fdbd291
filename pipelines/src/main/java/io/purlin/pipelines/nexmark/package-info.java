/**
 * {@code Nexmark}: the queries of Beam's own benchmark over a made-up auction site, checked against
 * their models.
 *
 * <p>In: generated events. Out: nothing but the verdict. The queries, their generator and their
 * models are Beam's classes; here they are only put together. Depends on them and on {@code job};
 * the main thread owns everything here.
 */
@NullMarked
package io.purlin.pipelines.nexmark;

import org.jspecify.annotations.NullMarked;
