package io.ruche.agent.settings;

import io.ruche.worker.availability.Rule;
import java.nio.file.Path;
import java.time.Duration;

/**
 * When the machine may work, and what that costs; may change while the worker runs.
 *
 * @param grace time for which a run stands still before it is handed back
 * @param powerSupplies folder in which Linux lists mains and batteries
 * @param thermalZones folder in which Linux lists its sensors
 * @param surplusMeter a file, {@code command:...} or an http(s) address; empty when there is none
 * @param powerWatts what the machine draws more while all slots work; 0 when nobody said
 */
public record AvailabilitySettings(
    Rule rule,
    Duration grace,
    Path powerSupplies,
    Path thermalZones,
    String surplusMeter,
    int powerWatts) {}
