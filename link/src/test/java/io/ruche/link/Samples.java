package io.ruche.link;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TxHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of every kind, with fixed values. */
final class Samples {
  static final AttemptRef REF = new AttemptRef(new TaskId(word("2a")), 3);
  static final Signature SIGNATURE = new Signature("0x" + "1b".repeat(65));
  static final Address WORKER = new Address("0x" + "3f".repeat(20));
  static final RunLimits LIMITS = new RunLimits(Duration.ofMinutes(5), 512, 268_435_456L, 1_000);
  static final Instant DEADLINE = Instant.parse("2026-02-03T04:05:06Z");

  private Samples() {}

  static String word(String octet) {
    return "0x" + octet.repeat(32);
  }

  static List<FromPool> fromPool() {
    return List.of(
        new FromPool.Challenge(
            1,
            "n0nce",
            65535,
            new Address("0x" + "aa".repeat(20)),
            new Address("0x" + "90".repeat(20))),
        new FromPool.Welcome(5_000, "s1"),
        new FromPool.Rejected("VERSION_UNSUPPORTED", "Update the worker."),
        assign(Release.WITH_WORK, SIGNATURE),
        assign(Release.AFTER_COMMIT, null),
        assign(Release.AFTER_RESULT, null),
        new FromPool.Authorize(REF, SIGNATURE, null),
        new FromPool.Authorize(REF, SIGNATURE, new Settlement("{}", "0x01")),
        new FromPool.Reveal(REF),
        new FromPool.Upload(REF, "/results/0x2a", "t0ken"),
        new FromPool.Done(REF, "COMPLETED"),
        new FromPool.Abort(REF, "task failed"),
        new FromPool.CertifyFailure(REF, new Failure(FailureCode.FETCH, 0), SIGNATURE),
        new FromPool.Watch(REF, 4096),
        new FromPool.Unwatch(REF),
        new FromPool.CertifyFailure(REF, new Failure(FailureCode.CANCELLED, 0), null),
        new FromPool.Cancel(REF, new Cancellation(DEADLINE, SIGNATURE)),
        new FromPool.ResultStored(REF),
        new FromPool.ResultRefused(REF, "BUSY: 64 uploads are under way.", true));
  }

  static List<FromWorker> fromWorker() {
    return List.of(
        FromWorker.Hello.ofWallet(1, 1, WORKER, "ruche/0.1.0"),
        new FromWorker.Hello(2, 2, WORKER, new Address("0x" + "4e".repeat(20)), "ruche/0.2.0"),
        new FromWorker.Login(
            SIGNATURE, new FromWorker.Offer(2, 1024, 2048, List.of("WASM"), null, null)),
        new FromWorker.Login(
            SIGNATURE, new FromWorker.Offer(1, 512, 0, List.of("WASM"), 900_000_000L, null)),
        new FromWorker.Login(
            SIGNATURE,
            new FromWorker.Offer(
                1,
                512,
                0,
                List.of("WASM"),
                null,
                new FromWorker.Machine(4, "arm64", List.of("lab"), List.of("no cgroups")))),
        new FromWorker.Heartbeat(1, List.of(new FromWorker.Running(REF, Phase.CONTRIBUTED)), null),
        new FromWorker.Heartbeat(0, List.of(), new Power(Power.Source.SURPLUS, 12)),
        new FromWorker.Slots(2),
        new FromWorker.Slots(0, 2),
        new FromWorker.Progress(REF, Phase.FETCHING, "app"),
        new FromWorker.Committed(REF, new Digest(word("0c")), null),
        new FromWorker.Committed(REF, new Digest(word("0c")), new RunUsage(1_200_000_000L, 400)),
        new FromWorker.Opened(REF, new Digest(word("0d")), new Salt(word("0e"))),
        FromWorker.Opened.handingIn(
            REF, new Digest(word("0d")), new Salt(word("0e")), new byte[] {1, 2, 3}),
        new FromWorker.Contributed(REF, new TxHash(word("0f")), null),
        new FromWorker.Contributed(REF, new TxHash(word("0f")), new RunUsage(null, 400)),
        new FromWorker.Revealed(REF, new TxHash(word("1f"))),
        new FromWorker.Failed(REF, FailureCode.EXIT, 7, "exit code 7"),
        new FromWorker.Refused(REF, "NO_FREE_SLOT", "2 of 2 slots are busy"),
        new FromWorker.Output(REF, LogStream.STDOUT, 0, 5, "aGVsbG8=", null),
        new FromWorker.Output(REF, LogStream.STDERR, 5, 5, "", "finished"),
        FromWorker.Result.of(REF, "t0ken", new byte[] {'P', 'K', 3, 4}));
  }

  private static FromPool assign(Release release, @Nullable Signature authorization) {
    return new FromPool.Assign(
        REF, new DealId(word("1f")), 4, LIMITS, release, authorization, DEADLINE, null);
  }
}
