/**
 * A job's figures in the text format of Prometheus.
 *
 * <p>A view of the job, its rates and what user code has counted come in; text goes out, with what
 * Micrometer knows of the JVM. Names are Flink's with another beginning; docs/metrics.md lists
 * them. Depends on view alone. Any thread.
 */
@NullMarked
package io.purlin.nativerunner.web.prometheus;

import org.jspecify.annotations.NullMarked;
