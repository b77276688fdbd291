@NullMarked
package io.purlin.sdk.faults;

import org.jspecify.annotations.NullMarked;
