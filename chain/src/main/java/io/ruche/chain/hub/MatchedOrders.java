package io.ruche.chain.hub;

import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.RequestOrder;
import io.ruche.core.WorkerpoolOrder;

/** The four orders of a deal; {@link DatasetOrder#NONE} where it needs no dataset. */
public record MatchedOrders(
    AppOrder app, DatasetOrder dataset, WorkerpoolOrder workerpool, RequestOrder request) {}
