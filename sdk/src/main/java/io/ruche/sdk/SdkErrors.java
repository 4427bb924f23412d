package io.ruche.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Every failure of this module, with its stable code, in one place. */
final class SdkErrors {
  private SdkErrors() {}

  static RucheException unregistered(String kind, Address address) {
    return new RucheException(
        kind.toUpperCase(Locale.ROOT) + "_UNKNOWN",
        "no %s is registered at %s on this hub.".formatted(kind, address.checksummed()),
        "Check the address and the network; `ruche %s list` shows what is offered.".formatted(kind),
        false);
  }

  static RucheException categoryUnknown(long id) {
    return new RucheException(
        "CATEGORY_UNKNOWN",
        "the hub has no category %d.".formatted(id),
        "Name one with --category; 0 is the shortest.",
        false);
  }

  static RucheException notOwner(String what, Address owner, Address wallet) {
    return new RucheException(
        "NOT_OWNER",
        "%s belongs to %s, but the wallet is %s."
            .formatted(what, owner.checksummed(), wallet.checksummed()),
        "Choose its owner's wallet with --wallet.",
        false);
  }

  static RucheException orderUnsigned(OrderHash hash, Address signer) {
    return new RucheException(
        "ORDER_UNSIGNED",
        "order %s is not signed by %s.".formatted(hash, signer.checksummed()),
        "Sign it with `ruche order sign`, or on chain with `ruche order publish --on-chain`.",
        false);
  }

  static RucheException orderVoid(OrderHash hash, long volume) {
    return new RucheException(
        "ORDER_CONSUMED",
        "order %s is used up or cancelled: none of its %d tasks is left.".formatted(hash, volume),
        "Sign a new one with `ruche order sign`.",
        false);
  }

  static RucheException restrictionUnknown(String kind, Address address) {
    return new RucheException(
        "RESTRICTION_UNKNOWN",
        "the order is restricted to %s %s, which is no registered %s and no group: nobody could use it."
            .formatted(kind, address.checksummed(), kind),
        "Name a %s of `ruche %s list`, or a group of `ruche group create`.".formatted(kind, kind),
        false);
  }

  static RucheException callbackUnknown(Address address) {
    return new RucheException(
        "CALLBACK_UNKNOWN",
        "there is no contract at the callback address %s.".formatted(address.checksummed()),
        "Name the contract that is to receive the result.",
        false);
  }

  static RucheException noOffer(String what, List<String> refusals) {
    var reasons = refusals.isEmpty()
        ? "the order board lists none"
        : "%d looked at: %s".formatted(refusals.size(), String.join("; ", summary(refusals)));
    return new RucheException(
        "NO_OFFER",
        "no usable offer of %s: %s.".formatted(what, reasons),
        "Change the demand (category, trust, tasks), or ask the owner to publish an order.",
        true);
  }

  static RucheException restricted(String what, List<Address> keptFor, Address requester) {
    var names = String.join(", ", keptFor.stream().map(Address::checksummed).toList());
    return new RucheException(
        "RESTRICTED",
        "every offer of %s is restricted to requesters of %s, and %s is not among them."
            .formatted(what, names, requester.checksummed()),
        "Ask the owner to let you in: `ruche group add %s %s`, if that is a group."
            .formatted(keptFor.getFirst().checksummed(), requester.checksummed()),
        false);
  }

  static RucheException overBudget(TokenAmount total, TokenAmount limit) {
    return new RucheException(
        "OVER_BUDGET",
        "the cheapest offers cost %s RUC in total, expected at most %s.".formatted(total, limit),
        "Raise --max-price to %s, or ask for fewer tasks or less trust.".formatted(total),
        false);
  }

  static RucheException depositTooLow(
      Address owner, boolean isSponsor, TokenAmount needed, TokenAmount free) {
    var missing = needed.minus(free);
    return new RucheException(
        "DEPOSIT_TOO_LOW",
        "%s %s has %s RUC deposited but the run costs %s."
            .formatted(isSponsor ? "sponsor" : "requester", owner.checksummed(), free, needed),
        isSponsor
            ? "Deposit at least %s with `ruche account deposit %s --wallet` and the sponsor's wallet."
                .formatted(missing, missing)
            : "Deposit at least %s with `ruche account deposit %s`.".formatted(missing, missing),
        false);
  }

  static RucheException sponsorMissing(RunRecord run, Address wallet) {
    return new RucheException(
        "SPONSOR_MISSING",
        "run %s is to be paid by %s, but the wallet is %s."
            .formatted(run.request().hash(), run.payer().checksummed(), wallet.checksummed()),
        "Choose the sponsor's wallet with --wallet.",
        false);
  }

  static RucheException paramsTooLong(int length, int limit) {
    return new RucheException(
        "PARAMS_TOO_LONG",
        "the params take %d characters, expected at most %d.".formatted(length, limit),
        "Put long arguments into a file and pass it with --input.",
        false);
  }

  static RucheException paramsInvalid(String why) {
    return new RucheException(
        "PARAMS_INVALID",
        "no worker could run this: %s.".formatted(why),
        "Rename the file, or correct what is named.",
        false);
  }

  static RucheException marketUnreachable(String url, String why, Exception cause) {
    return new RucheException(
        "MARKET_UNREACHABLE",
        "no answer from the market at %s: %s.".formatted(url, why),
        "Check that it runs (`ruche status`) and that the network file names it.",
        true,
        cause);
  }

  /** The server's own code and hint, where it gives them. */
  static RucheException marketRefused(String path, int status, JsonNode answer) {
    var error = answer.path("error");
    return new RucheException(
        answer.path("code").asText("MARKET_REFUSED"),
        "the market refused %s (status %d): %s"
            .formatted(path, status, error.isTextual() ? error.asText() : error.toString()),
        answer.path("hint").asText(""),
        status >= 500 || status == 429);
  }

  /** Also when the server said nothing for long. */
  static RucheException logBroken(String url, String why, Exception cause) {
    return new RucheException(
        "LOG_INTERRUPTED",
        "the connection to %s was lost while a log was read: %s.".formatted(url, why),
        "Say the same command again; --from goes on from an offset.",
        true,
        cause);
  }

  static RucheException logSilent(int offset) {
    return new RucheException(
        "LOG_INTERRUPTED",
        "the pool ended its answer again and again, at offset %d of the log.".formatted(offset),
        "Say the same command again later, with --from %d.".formatted(offset),
        false);
  }

  static RucheException fileUnreadable(Path file, Exception cause) {
    return new RucheException(
        "FILE_UNREADABLE",
        "cannot read the file %s: %s."
            .formatted(
                file,
                cause instanceof NoSuchFileException ? "it does not exist" : cause.getMessage()),
        "Check its name and who may read it.",
        false,
        cause);
  }

  static RucheException marketAnswer(String url, String why) {
    return new RucheException(
        "MARKET_BAD_ANSWER",
        "the market's answer to %s cannot be used: %s.".formatted(url, why),
        "Check that the network file names a market of Ruche.",
        true);
  }

  static RucheException dealUnknown(DealId id) {
    return new RucheException(
        "DEAL_UNKNOWN",
        "the hub has no deal %s.".formatted(id),
        "Check the id and the network; `ruche deal list` shows yours.",
        false);
  }

  static RucheException taskUnknown(TaskId id) {
    return new RucheException(
        "TASK_UNKNOWN",
        "the hub has no task %s, or nobody initialised it yet.".formatted(id),
        "Check the id and the network.",
        false);
  }

  static RucheException resultPending(TaskId id, String status) {
    return new RucheException(
        "PENDING",
        "task %s is %s and has no result yet.".formatted(id, status),
        "Wait for it with `ruche deal watch`.",
        true);
  }

  static RucheException resultMismatch(TaskId id, String expected, String found) {
    return new RucheException(
        "RESULT_MISMATCH",
        "the result of task %s has digest %s, expected %s as certified on chain."
            .formatted(id, found, expected),
        "The store served other bytes than were certified; fetch them from another gateway.",
        true);
  }

  static RucheException resultLocation(TaskId id, String why) {
    return new RucheException(
        "RESULT_LOCATION",
        "the result of task %s cannot be located: %s.".formatted(id, why),
        "",
        false);
  }

  static RucheException runRecord(Path file, String why, Exception cause) {
    return new RucheException(
        "STATE_CORRUPT",
        "cannot use the record of a run %s: %s".formatted(file, why),
        "Move that file away; what was bought stays on chain and shows in `ruche deal show`.",
        false,
        cause);
  }

  static RucheException runUnwritable(Path file, Exception cause) {
    return new RucheException(
        "DISK_FAILED",
        "cannot write the record of a run %s: %s; nothing was sent.".formatted(file, cause),
        "Free some space or choose another --home, then try again.",
        true,
        cause);
  }

  static RucheException offerGone(OrderHash hash) {
    return new RucheException(
        "ORDER_CONSUMED",
        "order %s was used up by somebody else meanwhile; nothing was charged.".formatted(hash),
        "Run again to get a fresh quote.",
        true);
  }

  static RucheException partlyMatched(DealId id, long size, long wanted) {
    return new RucheException(
        "PARTLY_MATCHED",
        "deal %s got %d of %d tasks because an offer was used up meanwhile; those run and are paid."
            .formatted(id, size, wanted),
        "Follow them with `ruche deal watch %s`, and run again for the rest.".formatted(id),
        false);
  }

  private static List<String> summary(List<String> refusals) {
    return refusals.stream().distinct().limit(5).toList();
  }
}
