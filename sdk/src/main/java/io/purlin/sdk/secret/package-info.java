/**
 * What must not be shown: values that people configured under names like password or token.
 *
 * <p>Options, arguments and texts come in, the same goes out with secrets masked: {@link
 * io.purlin.sdk.secret.Secrets}. All that shows something of a job asks it: logs and errors of the
 * command line, the status page and its JSON, metrics, plans. Connectors and programs may ask it,
 * too. Depends on the JDK alone. Immutable; any thread.
 */
@NullMarked
package io.purlin.sdk.secret;

import org.jspecify.annotations.NullMarked;
