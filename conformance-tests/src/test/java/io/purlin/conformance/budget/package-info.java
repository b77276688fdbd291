/**
 * Budgets for the tail: no file, method, constructor, import list or package grows without end.
 *
 * <p>In come the sources of every module, read with the compiler's own parser; out comes one list
 * of what is over its budget. The exceptions stand in one file with a reason each, and an exception
 * that nobody needs any more is an error too.
 */
@NullMarked
package io.purlin.conformance.budget;

import org.jspecify.annotations.NullMarked;
