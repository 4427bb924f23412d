package io.ruche.server.settings;

import io.ruche.core.TokenAmount;
import io.ruche.scheduler.selling.EnergyCost;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.server.settings.ServerSettings.Selling;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a pool offers, and for how much. */
final class OfferReader {
  private static final List<Key> OF_ENERGY = List.of(Key.ENERGY_PRICE, Key.SLOT_WATTS);
  private static final int MAX_WATTS = 100_000;
  private static final int MAX_MARGIN_PERCENT = 10_000;
  private static final int MAX_UNDERCUT_PERCENT = 50;
  private static final int MAX_CHANGE_MINUTES = 10_080;

  private final SettingValues values;

  OfferReader(SettingValues values) {
    this.values = values;
  }

  /** Null when the pool publishes no orders, or cannot as it is set. */
  @Nullable
  Offer offer(boolean isDevelopment) {
    var pricing = pricing();
    var categories = values.required(
        Key.ORDER_CATEGORIES,
        text -> Arrays.stream(text.split(","))
            .map(one -> SettingValues.number(one.strip(), 0, Long.MAX_VALUE))
            .toList());
    long trust = values.number(Key.ORDER_TRUST, 0, Long.MAX_VALUE);
    long volume = values.number(Key.ORDER_VOLUME, 1, Long.MAX_VALUE);
    var clients = new Clients(
        values.addressOrZero(Key.ORDER_FOR_APP),
        values.addressOrZero(Key.ORDER_FOR_DATASET),
        values.addressOrZero(Key.ORDER_FOR_REQUESTER));
    var selling = selling(isDevelopment);
    return pricing == null || categories == null
        ? null
        : new Offer(pricing, categories, trust, volume, clients, selling);
  }

  private Selling selling(boolean isDevelopment) {
    var text = values.text(Key.SELLING);
    int percent = (int) values.number(Key.SELL_PERCENT, 1, 100);
    var closeAfter = values.millis(Key.CLOSE_AFTER_MILLIS);
    return switch (text) {
      case "auto" -> new Selling(isDevelopment, percent, closeAfter);
      case "VOLUME" -> new Selling(true, percent, closeAfter);
      case "CAPACITY" -> new Selling(false, percent, closeAfter);
      default -> {
        values.problem("expected CAPACITY, VOLUME or auto for selling, found: " + text);
        yield new Selling(false, percent, closeAfter);
      }
    };
  }

  private @Nullable Pricing pricing() {
    return switch (values.text(Key.PRICING)) {
      case "fixed" -> fixed();
      case "energy" -> fromEnergy();
      case "book" -> followBook();
      default -> {
        values.problem(
            "expected fixed, energy or book for pricing, found: " + values.text(Key.PRICING));
        yield null;
      }
    };
  }

  private @Nullable Pricing fixed() {
    refuse("fixed", Key.PRICE_FLOOR);
    OF_ENERGY.forEach(key -> refuse("fixed", key));
    var price = values.isEmpty(Key.ORDER_PRICE) ? null : price();
    return price == null ? null : new Pricing.Fixed(price);
  }

  private @Nullable Pricing fromEnergy() {
    refuse("energy", Key.ORDER_PRICE);
    var energy = energy();
    return energy == null
        ? null
        : new Pricing.FromEnergy(energy, values.amountOrZero(Key.PRICE_FLOOR));
  }

  private @Nullable Pricing followBook() {
    var highest = price();
    var least = values.amountOrZero(Key.PRICE_FLOOR);
    boolean hasEnergy = OF_ENERGY.stream().anyMatch(key -> !values.isEmpty(key));
    var energy = hasEnergy ? energy() : null;
    int undercut = (int) values.number(Key.UNDERCUT_PERCENT, 0, MAX_UNDERCUT_PERCENT);
    int step = (int) values.number(Key.PRICE_STEP_PERCENT, 1, 100);
    var every = Duration.ofMinutes(values.number(Key.PRICE_CHANGE_MINUTES, 1, MAX_CHANGE_MINUTES));
    if (!hasEnergy && values.isEmpty(Key.PRICE_FLOOR)) {
      values.problem(
          "pricing book needs a least price: --price-floor, or --energy-price and --slot-watts");
    }
    if (highest == null) {
      return null;
    }
    if (least.compareTo(highest) > 0) {
      values.problem("expected a --price-floor up to the --order-price of %s, found: %s"
          .formatted(highest, least));
      return null;
    }
    return new Pricing.FollowBook(highest, least, energy, undercut, step, every);
  }

  private @Nullable EnergyCost energy() {
    var price = values.required(Key.ENERGY_PRICE, TokenAmount::parse);
    int watts = (int) values.number(Key.SLOT_WATTS, 1, MAX_WATTS);
    int margin = (int) values.number(Key.PRICE_MARGIN_PERCENT, 0, MAX_MARGIN_PERCENT);
    return price == null ? null : new EnergyCost(price, watts, margin);
  }

  private @Nullable TokenAmount price() {
    return values.required(Key.ORDER_PRICE, TokenAmount::parse);
  }

  private void refuse(String pricing, Key key) {
    if (!values.isEmpty(key)) {
      values.problem("--%s says nothing with pricing %s".formatted(key.text(), pricing));
    }
  }
}
