/**
 * What runs here, shown to requesters while it runs: logs kept for late watchers, progress told at
 * once. Nothing here may hold up a run or a report.
 */
@NullMarked
package io.ruche.agent.live;

import org.jspecify.annotations.NullMarked;
