package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.up.Role;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What owners, requesters and sponsors agree on beside a plain purchase, as they type it: offers
 * for friends only, single orders, runs at somebody else's cost, a pool's policy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersE2E {
  private static final Pattern PRINTS = Pattern.compile("(.*?)(?:\\s+# prints (\\w+))?");
  private static final Pattern SPACES = Pattern.compile(" ");
  private static final String OWNER = "app-provider";
  private static final String SPONSOR = "data-provider";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private Marketplace market;
  private CommandLine ruche;

  @BeforeAll
  void open() {
    market = new Marketplace(folder, 2);
    ruche = new CommandLine(market.home());
  }

  @AfterAll
  void close() {
    market.close();
  }

  @Test
  void appForFriendsRefusesAStrangerAndTakesAMember() {
    var me = Role.REQUESTER.open().address();
    var group = done("group", "create", "--wallet", OWNER).path("address").asText();
    var app = deployed("friends", "--for-requester", group);

    var stranger = ruche.run("run", app);
    assertThat(stranger.code()).isEqualTo(4);
    assertThat(stranger.error().path("code").asText()).isEqualTo("RESTRICTED");
    assertThat(stranger.error().path("message").asText())
        .contains("app " + app, group, me.checksummed());
    assertThat(stranger.error().path("hint").asText()).contains("ruche group add " + group);

    done("group", "add", group, me.checksummed(), "--wallet", OWNER);
    assertThat(isMember(group, me.checksummed())).isTrue();
    var out = folder.resolve("friends").toString();
    var ran = done("run", app, "--args", "hello", "--output-dir", out);
    assertThat(ran.at("/counts/verified").asInt()).isEqualTo(1);
    var task = ran.at("/tasks/0/task").asText();
    assertThat(done("task", "explain", task).path("stage").asText()).isEqualTo("completed");
    done("task", "retry-callback", task);

    done("group", "remove", group, me.checksummed(), "--wallet", OWNER);
    assertThat(ruche.run("run", app, "--dry-run").code()).isEqualTo(4);
  }

  @Test
  void groupsCombineAndSayWhoIsIn() {
    var alice = Role.REQUESTER.open().address().checksummed();
    var bob = Role.POOL_OWNER.open().address().checksummed();
    var both = done("group", "create", alice, bob).path("address").asText();
    var one = done("group", "create", alice).path("address").asText();

    var any = done("group", "create", "--union", both, one).path("address").asText();
    var all =
        done("group", "create", "--intersection", both, one).path("address").asText();

    assertThat(done("group", "create", alice, bob).path("address").asText())
        .as("the very same group is created once")
        .isEqualTo(both);
    assertThat(isMember(any, bob)).isTrue();
    assertThat(isMember(all, bob)).isFalse();
    assertThat(isMember(all, alice)).isTrue();
    assertThat(refused("group", "add", both, alice, "--wallet", OWNER)).isEqualTo("NOT_OWNER");
    assertThat(refused("group", "add", any, alice)).isEqualTo("GROUP_FIXED");
    assertThat(refused("group", "create", "--union", alice)).isEqualTo("GROUP_UNKNOWN");
  }

  @Test
  void orderIsSignedOnChainPublishedUsedAndCancelled() {
    var app = deployed("orders");
    var file = folder.resolve("order.json").toString();
    var hash = done(
            "order",
            "sign",
            "app",
            app,
            "--price",
            "0.01",
            "--unsigned",
            "--save",
            file,
            "--wallet",
            OWNER)
        .path("orderHash")
        .asText();
    assertThat(refused("order", "publish", file, "--wallet", OWNER)).isEqualTo("BAD_SIGNATURE");
    assertThat(refused("order", "publish", file, "--on-chain")).isEqualTo("NOT_OWNER");

    done("order", "publish", file, "--on-chain", "--broadcast", "--wallet", OWNER);
    var shown = done("order", "publish", file, "--wallet", OWNER);
    assertThat(shown.path("isSignedOnChain").asBoolean()).isTrue();
    assertThat(shown.path("market").asText()).isEqualTo("open");
    var cheap = done("run", app, "--dry-run");
    done("run", app, "--watch");
    assertThat(done("order", "show", hash).path("consumed").asInt()).isEqualTo(1);

    done("order", "cancel", hash, "--wallet", OWNER);
    assertThat(done("order", "show", file).path("remaining").asInt()).isZero();
    var dear = done("run", app, "--dry-run");
    assertThat(total(dear).minus(total(cheap)))
        .as("the order of 0.1 that `app deploy` published is what is left")
        .isEqualTo(TokenAmount.parse("0.09"));
    assertThat(refused("order", "publish", file, "--broadcast", "--wallet", OWNER))
        .isEqualTo("ORDER_CONSUMED");
    assertThat(ruche.run("order", "cancel", hash, "--wallet", OWNER).code())
        .as("cancelling again succeeds")
        .isZero();
  }

  @Test
  void orderThatNobodyCouldUseIsRefusedBeforeItIsSigned() {
    var app = deployed("refused");
    var nowhere = "0x00000000000000000000000000000000000000ff";

    assertThat(refused("order", "sign", "app", app)).isEqualTo("NOT_OWNER");
    assertThat(refused("order", "sign", "app", app, "--for-workerpool", nowhere, "--wallet", OWNER))
        .isEqualTo("RESTRICTION_UNKNOWN");
    assertThat(refused("order", "sign", "app", app, "--volume", "0", "--wallet", OWNER))
        .isEqualTo("USAGE");
    assertThat(refused("order", "sign", "app", nowhere, "--wallet", OWNER))
        .isEqualTo("APP_UNKNOWN");
    assertThat(refused("order", "sign", "request", app, "--category", "99"))
        .isEqualTo("CATEGORY_UNKNOWN");
  }

  @Test
  void sponsorPaysForTheRequester() {
    var app = deployed("sponsored");
    done("account", "fund", "--tokens", "100", "--wallet", SPONSOR);
    done("account", "deposit", "100", "--wallet", SPONSOR);
    try (var client = market.requester()) {
      var me = client.wallet().address();
      var sponsor = Role.DATA_PROVIDER.open().address();
      var before = market.balance(client, me);
      var sponsorBefore = market.balance(client, sponsor);

      var ran = done("run", app, "--sponsor", SPONSOR, "--watch");

      assertThat(ran.at("/quote/payer").asText()).isEqualTo(sponsor.checksummed());
      assertThat(ran.at("/quote/requester").asText()).isEqualTo(me.checksummed());
      assertThat(market.balance(client, me)).isEqualTo(before);
      assertThat(market.balance(client, sponsor)).isEqualTo(sponsorBefore.minus(total(ran)));
      var deal = done("deal", "show", ran.at("/deals/0").asText());
      assertThat(deal.at("/deal/payer").asText()).isEqualTo(sponsor.checksummed());
    }
  }

  @Test
  void policyOfAPoolIsChangedByItsOwnerWithinBounds() {
    var pool = market.network().pool().checksummed();
    assertThat(refused("workerpool", "policy", pool, "--pool-share", "101")).isEqualTo("USAGE");
    assertThat(refused("workerpool", "policy", pool, "--pool-share", "10")).isEqualTo("NOT_OWNER");

    done("workerpool", "policy", pool, "--worker-stake", "40", "--wallet", "pool");

    var seen = done("workerpool", "show", pool);
    assertThat(seen.path("workerStakePercent").asInt()).isEqualTo(40);
    assertThat(done("workerpool", "policy", pool).path("schedulerRewardPercent").asInt())
        .as("what is not named stays")
        .isEqualTo(seen.path("schedulerRewardPercent").asInt());
  }

  @Test
  void categoriesAreListedWithTheirDeadlines() {
    var first = done("category", "list").at("/categories/0");

    assertThat(first.path("name").asText()).isEqualTo("XS");
    assertThat(first.path("runSeconds").asLong()).isEqualTo(300);
    assertThat(first.path("contributeSeconds").asLong()).isEqualTo(2_100);
    assertThat(first.path("finalSeconds").asLong()).isEqualTo(3_000);
  }

  /** Lines that begin with {@code ruche}; {@code # prints NAME} names what a line gives. */
  @Test
  void everyCommandOfTheDocsWorks() throws Exception {
    var words = new HashMap<>(Map.of(
        "noop.wasm", market.example("noop").toString(),
        "order.json", folder.resolve("docs.json").toString(),
        "REQUESTER", Role.REQUESTER.open().address().checksummed(),
        "POOL", market.network().pool().checksummed()));
    var lines = Files.readAllLines(Path.of("..", "docs", "offers.md")).stream()
        .filter(line -> line.startsWith("    ruche "))
        .toList();
    assertThat(lines).hasSizeGreaterThan(10);

    for (var line : lines) {
      var typed = PRINTS.matcher(line.strip());
      assertThat(typed.matches()).isTrue();
      var answer = done(SPACES
          .splitAsStream(typed.group(1))
          .skip(1)
          .map(word -> words.getOrDefault(word, word))
          .toArray(String[]::new));
      if (typed.group(2) != null) {
        words.put(
            typed.group(2), answer.path("address").asText(answer.at("/deals/0").asText()));
      }
    }
  }

  /** Offers the smallest example under a name of the test's own, for 0.1 a task. */
  private String deployed(String name, String... more) {
    var line = new ArrayList<>(List.of(
        "app",
        "deploy",
        market.example("noop").toString(),
        "--name",
        name,
        "--price",
        "0.1",
        "--wallet",
        OWNER));
    line.addAll(List.of(more));
    var app = done(line.toArray(String[]::new)).path("address").asText();
    return new Address(app).checksummed();
  }

  private boolean isMember(String group, String account) {
    return done("group", "show", group, "--member", account).path("isMember").asBoolean();
  }

  private JsonNode done(String... line) {
    var outcome = ruche.run(line);
    assertThat(outcome.code())
        .as("%s: %s", String.join(" ", line), outcome.err())
        .isZero();
    return outcome.json();
  }

  private String refused(String... line) {
    var outcome = ruche.run(line);
    assertThat(outcome.code()).as(String.join(" ", line)).isNotZero();
    return outcome.error().path("code").asText();
  }

  private static TokenAmount total(JsonNode ran) {
    return TokenAmount.parse(ran.at("/quote/total").asText());
  }
}
