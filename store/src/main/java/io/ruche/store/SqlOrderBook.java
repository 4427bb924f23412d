package io.ruche.store;

import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.OrderHash;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.Words;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookedOrder.Kind;
import io.ruche.store.BookedOrder.Parties;
import io.ruche.store.BookedOrder.Status;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Published orders, cheapest first. What is left of each comes from the chain; this is a cache of
 * it.
 */
public final class SqlOrderBook {
  /** Orders looked through for one query by tag; tags cannot be compared in plain SQL. */
  private static final int MAX_SCANNED = 10_000;

  private final Database database;

  /**
   * One page of a book.
   *
   * @param count orders that match, on all pages
   */
  public record Page(long count, List<BookedOrder> orders) {
    public Page {
      orders = List.copyOf(orders);
    }
  }

  public SqlOrderBook(Database database) {
    this.database = database;
  }

  /** Adds an order; false when its hash is known already. */
  public boolean add(BookedOrder order) {
    return database.write(handle -> {
      var known = handle
          .createQuery("SELECT COUNT(*) FROM market_order WHERE order_hash = :hash")
          .bind("hash", order.hash().bytes())
          .mapTo(Integer.class)
          .one();
      if (known > 0) {
        return false;
      }
      handle
          .createUpdate("INSERT INTO market_order (order_hash, kind, signer, app, dataset,"
              + " workerpool, requester, price, volume, remaining, tag, category, trust, status,"
              + " body, published_at) VALUES (:hash, :kind, :signer, :app, :dataset, :workerpool,"
              + " :requester, :price, :volume, :remaining, :tag, :category, :trust, :status, :body,"
              + " :at)")
          .bindMap(columns(order))
          .execute();
      return true;
    });
  }

  public Optional<BookedOrder> find(OrderHash hash) {
    return database.read(handle -> handle
        .createQuery("SELECT * FROM market_order WHERE order_hash = :hash")
        .bind("hash", hash.bytes())
        .map((row, context) -> of(row))
        .findOne());
  }

  /** How many orders of a kind a signer has open. */
  public int countOpen(Address signer, Kind kind) {
    return database.read(handle -> handle
        .createQuery("SELECT COUNT(*) FROM market_order"
            + " WHERE signer = :signer AND kind = :kind AND status = 'OPEN'")
        .bind("signer", signer.bytes())
        .bind("kind", kind.name())
        .mapTo(Integer.class)
        .one());
  }

  /** Notes what is left of an order, when the book has it. */
  public void update(OrderHash hash, long remaining, Status status) {
    database.change(handle -> handle
        .createUpdate("UPDATE market_order SET remaining = :remaining, status = :status"
            + " WHERE order_hash = :hash")
        .bind("remaining", remaining)
        .bind("status", status.name())
        .bind("hash", hash.bytes())
        .execute());
  }

  /** Hashes of open orders after this one, in the order of their bytes; null begins anew. */
  public List<OrderHash> openAfter(@Nullable OrderHash last, int limit) {
    return database.read(handle -> handle
        .createQuery("SELECT order_hash FROM market_order"
            + " WHERE status = 'OPEN' AND order_hash > :last ORDER BY order_hash LIMIT :limit")
        .bind("last", last == null ? new byte[0] : last.bytes())
        .bind("limit", limit)
        .map((row, context) -> OrderHash.of(row.getBytes(1)))
        .list());
  }

  /** Hashes of orders of which nothing was left, the newest first. */
  public List<OrderHash> newestFilled(int limit) {
    return database.read(handle -> handle
        .createQuery("SELECT order_hash FROM market_order"
            + " WHERE status = 'FILLED' ORDER BY published_at DESC, order_hash LIMIT :limit")
        .bind("limit", limit)
        .map((row, context) -> OrderHash.of(row.getBytes(1)))
        .list());
  }

  public Page page(BookQuery query) {
    return query.minTag() == null && query.maxTag() == null ? select(query) : scan(query);
  }

  private Page select(BookQuery query) {
    var where = Where.of(query);
    return database.read(handle -> {
      var count = handle
          .createQuery("SELECT COUNT(*) FROM market_order WHERE " + where.text())
          .bindMap(where.values())
          .mapTo(Long.class)
          .one();
      var orders = handle
          .createQuery(select(query.kind(), where))
          .bindMap(where.values())
          .bind("limit", query.pageSize())
          .bind("offset", (long) query.pageIndex() * query.pageSize())
          .map((row, context) -> of(row))
          .list();
      return new Page(count, orders);
    });
  }

  private Page scan(BookQuery query) {
    var where = Where.of(query);
    var matching = database.read(handle -> handle
        .createQuery(select(query.kind(), where))
        .bindMap(where.values())
        .bind("limit", MAX_SCANNED)
        .bind("offset", 0)
        .map((row, context) -> of(row))
        .stream()
        .filter(order -> tagMatches(order.tag(), query))
        .toList());
    int from = (int) Math.min(matching.size(), (long) query.pageIndex() * query.pageSize());
    int to = Math.min(matching.size(), from + query.pageSize());
    return new Page(matching.size(), matching.subList(from, to));
  }

  private static boolean tagMatches(Tag tag, BookQuery query) {
    var min = query.minTag();
    var max = query.maxTag();
    return (min == null || tag.containsAll(min)) && (max == null || max.containsAll(tag));
  }

  private static String select(Kind kind, Where where) {
    var direction = kind == Kind.REQUEST ? "DESC" : "ASC";
    return "SELECT * FROM market_order WHERE " + where.text() + " ORDER BY price " + direction
        + ", published_at, order_hash LIMIT :limit OFFSET :offset";
  }

  /** A condition and its values; column names come from this file only. */
  private record Where(String text, Map<String, Object> values) {
    static Where of(BookQuery query) {
      var parts = new ArrayList<String>();
      var values = new LinkedHashMap<String, Object>();
      parts.add("kind = :kind AND status = 'OPEN' AND remaining >= :minVolume");
      values.put("kind", query.kind().name());
      values.put("minVolume", Math.max(1, query.minVolume()));
      query.parties().forEach((party, match) -> party(party.column, match, parts, values));
      add("signer = :signer", "signer", bytes(query.signer()), parts, values);
      add("category = :category", "category", query.category(), parts, values);
      add("trust >= :minTrust", "minTrust", query.minTrust(), parts, values);
      add("trust <= :maxTrust", "maxTrust", query.maxTrust(), parts, values);
      return new Where(String.join(" AND ", parts), values);
    }

    private static void party(
        String column, Match match, List<String> parts, Map<String, Object> values) {
      switch (match) {
        case Match.Exactly(var address) -> {
          parts.add(column + " = :" + column);
          values.put(column, address.bytes());
        }
        case Match.ExactlyOrOpen(var address) -> {
          parts.add("(%s = :%s OR %s = :nobody)".formatted(column, column, column));
          values.put(column, address.bytes());
          values.put("nobody", Address.ZERO.bytes());
        }
        case Match.OpenOnly() -> {
          parts.add(column + " = :nobody");
          values.put("nobody", Address.ZERO.bytes());
        }
      }
    }

    private static void add(
        String text,
        String name,
        @Nullable Object value,
        List<String> parts,
        Map<String, Object> values) {
      if (value != null) {
        parts.add(text);
        values.put(name, value);
      }
    }

    private static byte @Nullable [] bytes(@Nullable Address address) {
      return address == null ? null : address.bytes();
    }
  }

  private static Map<String, Object> columns(BookedOrder order) {
    var values = new LinkedHashMap<String, Object>();
    values.put("hash", order.hash().bytes());
    values.put("kind", order.kind().name());
    values.put("signer", order.signer().bytes());
    values.put("app", order.parties().app().bytes());
    values.put("dataset", order.parties().dataset().bytes());
    values.put("workerpool", order.parties().workerpool().bytes());
    values.put("requester", order.parties().requester().bytes());
    values.put("price", Words.uint256(order.price().nano()));
    values.put("volume", order.volume());
    values.put("remaining", order.remaining());
    values.put("tag", order.tag().bytes());
    values.put("category", order.category());
    values.put("trust", order.trust());
    values.put("status", order.status().name());
    values.put("body", order.body());
    values.put("at", order.publishedAt().toEpochMilli());
    return values;
  }

  private static BookedOrder of(ResultSet row) throws SQLException {
    return new BookedOrder(
        OrderHash.of(row.getBytes("order_hash")),
        Kind.valueOf(row.getString("kind")),
        Address.of(row.getBytes("signer")),
        new Parties(
            Address.of(row.getBytes("app")),
            Address.of(row.getBytes("dataset")),
            Address.of(row.getBytes("workerpool")),
            Address.of(row.getBytes("requester"))),
        new TokenAmount(new BigInteger(1, row.getBytes("price"))),
        row.getLong("volume"),
        row.getLong("remaining"),
        new Tag(Hex.encode(row.getBytes("tag"))),
        row.getLong("category"),
        row.getLong("trust"),
        Status.valueOf(row.getString("status")),
        row.getString("body"),
        Instant.ofEpochMilli(row.getLong("published_at")));
  }
}
