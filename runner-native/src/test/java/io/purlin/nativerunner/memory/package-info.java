/** Tests of the table of memory. */
@NullMarked
package io.purlin.nativerunner.memory;

import org.jspecify.annotations.NullMarked;
