/**
 * What must not be shown: values that people configured under names like password or token.
 *
 * <p>Options and texts come in, the same goes out with secrets masked. Depends on nothing of the
 * engine. Immutable; any thread.
 */
@NullMarked
package io.purlin.nativerunner.web.secret;

import org.jspecify.annotations.NullMarked;
