/**
 * Where a snapshot's bytes are once written: {@link io.purlin.state.bytes.StoredBytes}, on the heap
 * ({@link io.purlin.state.bytes.ByteChunks}) or wherever a runner keeps them; and {@link
 * io.purlin.state.bytes.ReusedBytes}, in which single encodings are made. Depends on nothing.
 */
@NullMarked
package io.purlin.state.bytes;

import org.jspecify.annotations.NullMarked;
