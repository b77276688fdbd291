/**
 * Views of a job as JSON, in the shape of Flink's REST where that has the same thing.
 *
 * <p>Views come in, trees go out; names of steps and messages are text in them and nothing else.
 * Depends on view, and on secret for what people configured. Stateless; any thread.
 */
@NullMarked
package io.purlin.nativerunner.web.json;

import org.jspecify.annotations.NullMarked;
