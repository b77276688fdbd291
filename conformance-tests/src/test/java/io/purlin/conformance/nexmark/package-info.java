/** Beam's own Nexmark queries on the native runner, against the models that come with them. */
@NullMarked
package io.purlin.conformance.nexmark;

import org.jspecify.annotations.NullMarked;
