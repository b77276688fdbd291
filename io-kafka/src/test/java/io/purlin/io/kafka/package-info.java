/** Tests of what the connector takes over. */
@NullMarked
package io.purlin.io.kafka;

import org.jspecify.annotations.NullMarked;
