/**
 * Values of one key in any number: the last ones are on the heap, all before them in chunks on the
 * cold side.
 *
 * <p>A {@link io.purlin.state.values.ValueList} is appended to and read again and again, in order,
 * without ever being on the heap as a whole. What is read stays as it was, also when the list has
 * gone on or has been dropped meanwhile: {@link io.purlin.state.values.Leases} keeps chunks as long
 * as somebody can still read them.
 *
 * <p>Depends on coders, state's memory and package cold; knows no cells. A list belongs to its
 * task's thread; what it hands out may be read by any.
 */
@NullMarked
package io.purlin.state.values;

import org.jspecify.annotations.NullMarked;
