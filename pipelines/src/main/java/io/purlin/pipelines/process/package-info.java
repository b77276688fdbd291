/**
 * Java programs of others in processes of their own, which end with ours.
 *
 * <p>In: a class path, a program and its arguments. Out: a process with its log. May depend on the
 * JDK alone. Every object here belongs to the thread that uses it.
 */
@NullMarked
package io.purlin.pipelines.process;

import org.jspecify.annotations.NullMarked;
