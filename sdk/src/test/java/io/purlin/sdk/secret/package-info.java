/** Tests of what is masked. */
@NullMarked
package io.purlin.sdk.secret;

import org.jspecify.annotations.NullMarked;
