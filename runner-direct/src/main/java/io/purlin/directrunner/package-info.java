/** The reference: runs a pipeline on Beam's DirectRunner and captures what it makes. */
@NullMarked
package io.purlin.directrunner;

import org.jspecify.annotations.NullMarked;
