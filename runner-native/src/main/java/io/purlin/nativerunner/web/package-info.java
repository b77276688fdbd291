/**
 * A running job over HTTP: a status page, its state as JSON in the shape of Flink's REST, metrics
 * for Prometheus, health checks. Everything is read-only.
 *
 * <p>Requests come in, are checked by {@link io.purlin.nativerunner.web.Guard}, and find what they
 * name by {@link io.purlin.nativerunner.web.Routes}: ids are looked up among those that there are,
 * and no part of a URL is ever used for anything else, least of all as the name of a file. The
 * files of the page are {@link io.purlin.nativerunner.web.Pages}, which have nothing of a job in
 * them. What goes out else is a view of the job with secrets masked. Depends on view alone; the
 * facade starts it, and nothing else knows it. Threads meet here: requests have threads of their
 * own, which read what the job's let be seen.
 */
@NullMarked
package io.purlin.nativerunner.web;

import org.jspecify.annotations.NullMarked;
