/** Programs with a pipeline that are told to end by a signal, as a service manager does. */
@NullMarked
package io.purlin.conformance.signal;

import org.jspecify.annotations.NullMarked;
