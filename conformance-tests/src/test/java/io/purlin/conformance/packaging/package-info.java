/** What is given to those who run Purlin by a service manager, against what Purlin does. */
@NullMarked
package io.purlin.conformance.packaging;

import org.jspecify.annotations.NullMarked;
