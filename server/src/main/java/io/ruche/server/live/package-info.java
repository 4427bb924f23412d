/**
 * What workers tell of runs that somebody watches. Knows workers and attempts, neither tasks nor
 * who may look: that is the business of the routes.
 */
@NullMarked
package io.ruche.server.live;

import org.jspecify.annotations.NullMarked;
