package io.ruche.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/**
 * Signed orders as JSON, with the field names of the order structs (poco interface, section 2), as
 * order boards and clients exchange them. Numbers are written as JSON numbers and read from numbers
 * or decimal texts; a volume over 2^63 - 1 reads as that.
 */
public final class OrderJson {
  private OrderJson() {}

  public static ObjectNode write(Order order) {
    var json = JsonNodeFactory.instance.objectNode();
    switch (order) {
      case AppOrder app -> {
        json.put("app", app.app().checksummed()).put("appprice", app.price().nano());
        standing(json, order)
            .put("datasetrestrict", app.datasetRestrict().checksummed())
            .put("workerpoolrestrict", app.workerpoolRestrict().checksummed())
            .put("requesterrestrict", app.requesterRestrict().checksummed())
            .put("salt", app.salt().hex());
      }
      case DatasetOrder dataset -> {
        json.put("dataset", dataset.dataset().checksummed())
            .put("datasetprice", dataset.price().nano());
        standing(json, order)
            .put("apprestrict", dataset.appRestrict().checksummed())
            .put("workerpoolrestrict", dataset.workerpoolRestrict().checksummed())
            .put("requesterrestrict", dataset.requesterRestrict().checksummed())
            .put("salt", dataset.salt().hex());
      }
      case WorkerpoolOrder pool -> {
        json.put("workerpool", pool.workerpool().checksummed())
            .put("workerpoolprice", pool.price().nano());
        standing(json, order)
            .put("category", pool.categoryId())
            .put("trust", pool.trust())
            .put("apprestrict", pool.appRestrict().checksummed())
            .put("datasetrestrict", pool.datasetRestrict().checksummed())
            .put("requesterrestrict", pool.requesterRestrict().checksummed())
            .put("salt", pool.salt().hex());
      }
      case RequestOrder request -> request(json, request);
    }
    return json.put("sign", order.sign().hex());
  }

  /**
   * Reads an order of any kind, which its price field tells.
   *
   * @throws IllegalArgumentException when it is no order, or a field is missing or malformed
   */
  public static Order read(JsonNode json) {
    if (json.has("appprice")) {
      return app(json);
    }
    if (json.has("datasetprice")) {
      return dataset(json);
    }
    if (json.has("workerpoolprice")) {
      return workerpool(json);
    }
    if (json.has("appmaxprice")) {
      return request(json);
    }
    throw new IllegalArgumentException(
        "expected an order with appprice, datasetprice, workerpoolprice or appmaxprice,"
            + " found none of them");
  }

  /**
   * Reads an app order.
   *
   * @throws IllegalArgumentException when a field is missing or malformed
   */
  public static AppOrder app(JsonNode json) {
    return new AppOrder(
        address(json, "app"),
        amount(json, "appprice"),
        number(json, "volume"),
        tag(json),
        address(json, "datasetrestrict"),
        address(json, "workerpoolrestrict"),
        address(json, "requesterrestrict"),
        salt(json),
        sign(json));
  }

  /** Reads a dataset order; throws as {@link #app} does. */
  public static DatasetOrder dataset(JsonNode json) {
    return new DatasetOrder(
        address(json, "dataset"),
        amount(json, "datasetprice"),
        number(json, "volume"),
        tag(json),
        address(json, "apprestrict"),
        address(json, "workerpoolrestrict"),
        address(json, "requesterrestrict"),
        salt(json),
        sign(json));
  }

  /** Reads a workerpool order; throws as {@link #app} does. */
  public static WorkerpoolOrder workerpool(JsonNode json) {
    return new WorkerpoolOrder(
        address(json, "workerpool"),
        amount(json, "workerpoolprice"),
        number(json, "volume"),
        tag(json),
        number(json, "category"),
        number(json, "trust"),
        address(json, "apprestrict"),
        address(json, "datasetrestrict"),
        address(json, "requesterrestrict"),
        salt(json),
        sign(json));
  }

  /** Reads a request order; throws as {@link #app} does. */
  public static RequestOrder request(JsonNode json) {
    return new RequestOrder(
        address(json, "app"),
        amount(json, "appmaxprice"),
        address(json, "dataset"),
        amount(json, "datasetmaxprice"),
        address(json, "workerpool"),
        amount(json, "workerpoolmaxprice"),
        address(json, "requester"),
        number(json, "volume"),
        tag(json),
        number(json, "category"),
        number(json, "trust"),
        address(json, "beneficiary"),
        address(json, "callback"),
        text(json, "params"),
        salt(json),
        sign(json));
  }

  private static ObjectNode standing(ObjectNode json, Order order) {
    return json.put("volume", order.volume()).put("tag", order.tag().hex());
  }

  private static void request(ObjectNode json, RequestOrder request) {
    json.put("app", request.app().checksummed())
        .put("appmaxprice", request.appMaxPrice().nano())
        .put("dataset", request.dataset().checksummed())
        .put("datasetmaxprice", request.datasetMaxPrice().nano())
        .put("workerpool", request.workerpool().checksummed())
        .put("workerpoolmaxprice", request.workerpoolMaxPrice().nano())
        .put("requester", request.requester().checksummed());
    standing(json, request)
        .put("category", request.categoryId())
        .put("trust", request.trust())
        .put("beneficiary", request.beneficiary().checksummed())
        .put("callback", request.callback().checksummed())
        .put("params", request.params())
        .put("salt", request.salt().hex());
  }

  private static Address address(JsonNode json, String key) {
    return new Address(text(json, key));
  }

  private static TokenAmount amount(JsonNode json, String key) {
    return new TokenAmount(integer(json, key));
  }

  private static Tag tag(JsonNode json) {
    return new Tag(text(json, "tag"));
  }

  private static Salt salt(JsonNode json) {
    return new Salt(text(json, "salt"));
  }

  private static Signature sign(JsonNode json) {
    return json.hasNonNull("sign") ? new Signature(text(json, "sign")) : Signature.EMPTY;
  }

  private static long number(JsonNode json, String key) {
    return integer(json, key).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private static BigInteger integer(JsonNode json, String key) {
    var node = json.path(key);
    if (node.isIntegralNumber() && node.bigIntegerValue().signum() >= 0) {
      return node.bigIntegerValue();
    }
    if (node.isTextual() && node.textValue().matches("[0-9]{1,78}")) {
      return new BigInteger(node.textValue());
    }
    throw new IllegalArgumentException(
        "expected a whole number for %s of an order, found: %s".formatted(key, node));
  }

  private static String text(JsonNode json, String key) {
    var node = json.path(key);
    if (!node.isTextual()) {
      throw new IllegalArgumentException(
          "expected text for %s of an order, found: %s".formatted(key, node));
    }
    return node.textValue();
  }
}
