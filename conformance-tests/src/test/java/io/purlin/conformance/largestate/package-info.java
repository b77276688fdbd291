/** State that is larger than the heap, in processes whose heap is small. */
@NullMarked
package io.purlin.conformance.largestate;

import org.jspecify.annotations.NullMarked;
