/** Jobs that a server does again and again; knows nothing of what they do. */
@NullMarked
package io.ruche.server.jobs;

import org.jspecify.annotations.NullMarked;
