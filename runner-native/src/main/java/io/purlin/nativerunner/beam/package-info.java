/**
 * What is not the same in all supported Beam versions: how marks of elements are read and set, what
 * the contexts of user code declare, how the runner's own state is told from user code's; and the
 * check that Beam is of the version that was built for.
 *
 * <p>The classes stand once for each line of versions, in {@code src/beam-2.70} (2.70.0 and 2.71.0)
 * and {@code src/beam-2.73} (2.73.0), under the same names; the build takes one folder, by {@code
 * -Dbeam.version}. All other code compiles against every line. Depends on element.
 */
@NullMarked
package io.purlin.nativerunner.beam;

import org.jspecify.annotations.NullMarked;
