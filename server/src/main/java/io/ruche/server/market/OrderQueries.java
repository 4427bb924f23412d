package io.ruche.server.market;

import io.javalin.http.Context;
import io.ruche.core.Address;
import io.ruche.core.Tag;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Read;
import io.ruche.store.BookQuery;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookQuery.Party;
import io.ruche.store.BookedOrder.Kind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters of a book, as the query names them. An order that is restricted to somebody is listed
 * only when that somebody is asked for; {@code any} lifts the filter.
 */
final class OrderQueries {
  private static final int MIN_PAGE = 10;

  private OrderQueries() {}

  static BookQuery read(Context context, Kind kind) {
    var parties = new EnumMap<Party, Match>(Party.class);
    for (var party : Party.values()) {
      var match = isFixed(kind, party)
          ? exactly(Read.address(context, name(party)))
          : restriction(context, party);
      if (match != null) {
        parties.put(party, match);
      }
    }
    var signer = owner(context, kind);
    requireOne(kind, parties, signer);
    return new BookQuery(
        kind,
        parties,
        signer,
        Read.number(context, "category", Long.MAX_VALUE),
        kind == Kind.WORKERPOOL ? Read.number(context, "minTrust", Long.MAX_VALUE) : null,
        kind == Kind.REQUEST ? Read.number(context, "maxTrust", Long.MAX_VALUE) : null,
        orElse(Read.number(context, "minVolume", Long.MAX_VALUE), 1),
        Read.query(context, "minTag", Tag::new),
        Read.query(context, "maxTag", Tag::new),
        (int) orElse(Read.number(context, "pageIndex", BookQuery.MAX_PAGE_INDEX), 0),
        pageSize(context));
  }

  private static int pageSize(Context context) {
    var size = orElse(Read.number(context, "pageSize", BookQuery.MAX_PAGE), BookQuery.DEFAULT_PAGE);
    return (int) Math.max(MIN_PAGE, size);
  }

  /** Parties that an order names as a fact and not as a restriction. */
  private static boolean isFixed(Kind kind, Party party) {
    return switch (kind) {
      case APP -> party == Party.APP;
      case DATASET -> party == Party.DATASET;
      case WORKERPOOL -> party == Party.WORKERPOOL;
      case REQUEST -> party != Party.WORKERPOOL;
    };
  }

  private static @Nullable Match exactly(@Nullable Address address) {
    return address == null ? null : new Match.Exactly(address);
  }

  private static @Nullable Match restriction(Context context, Party party) {
    var name = name(party);
    if ("any".equals(context.queryParam(name))) {
      return null;
    }
    var address = Read.address(context, name);
    if (address == null) {
      return new Match.OpenOnly();
    }
    var strict = "is%s%sStrict".formatted(Character.toUpperCase(name.charAt(0)), name.substring(1));
    return "true".equals(context.queryParam(strict))
        ? new Match.Exactly(address)
        : new Match.ExactlyOrOpen(address);
  }

  private static @Nullable Address owner(Context context, Kind kind) {
    return switch (kind) {
      case APP -> Read.address(context, "appOwner");
      case DATASET -> Read.address(context, "datasetOwner");
      case WORKERPOOL -> Read.address(context, "workerpoolOwner");
      case REQUEST -> null;
    };
  }

  private static void requireOne(Kind kind, Map<Party, Match> parties, @Nullable Address signer) {
    boolean isMissing = signer == null
        && ((kind == Kind.APP && !parties.containsKey(Party.APP))
            || (kind == Kind.DATASET && !parties.containsKey(Party.DATASET)));
    if (isMissing) {
      var name = kind == Kind.APP ? "app" : "dataset";
      throw HttpProblem.badRequest(
          "BAD_PARAMETER", "expected %s or %sOwner in the query.".formatted(name, name), "");
    }
  }

  private static String name(Party party) {
    return switch (party) {
      case APP -> "app";
      case DATASET -> "dataset";
      case WORKERPOOL -> "workerpool";
      case REQUESTER -> "requester";
    };
  }

  private static long orElse(@Nullable Long value, long other) {
    return value == null ? other : value;
  }
}
