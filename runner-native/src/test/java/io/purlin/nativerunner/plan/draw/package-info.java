/** Tests of drawing plans. */
@NullMarked
package io.purlin.nativerunner.plan.draw;

import org.jspecify.annotations.NullMarked;
