package io.ruche.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.TxHash;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says. Order of a session: hello, (challenge), login, (welcome), then any of the
 * rest. Every report may come twice (after a reconnect), never out of order within one attempt.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FromWorker.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = FromWorker.Login.class, name = "login"),
  @JsonSubTypes.Type(value = FromWorker.Heartbeat.class, name = "heartbeat"),
  @JsonSubTypes.Type(value = FromWorker.Slots.class, name = "slots"),
  @JsonSubTypes.Type(value = FromWorker.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = FromWorker.Committed.class, name = "committed"),
  @JsonSubTypes.Type(value = FromWorker.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = FromWorker.Contributed.class, name = "contributed"),
  @JsonSubTypes.Type(value = FromWorker.Revealed.class, name = "revealed"),
  @JsonSubTypes.Type(value = FromWorker.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = FromWorker.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = FromWorker.Output.class, name = "output"),
  @JsonSubTypes.Type(value = FromWorker.Result.class, name = "result")
})
public sealed interface FromWorker {

  /**
   * First message: who is there and which versions of this protocol it speaks.
   *
   * @param worker who the hub sees
   * @param machine key that signs for the worker; null when the worker is a wallet and signs itself
   */
  record Hello(
      int minVersion,
      int maxVersion,
      Address worker,
      @Nullable Address machine,
      String software) implements FromWorker {
    /** A wallet that works for itself. */
    public static Hello ofWallet(int minVersion, int maxVersion, Address wallet, String software) {
      return new Hello(minVersion, maxVersion, wallet, null, software);
    }
  }

  /** Answer to the challenge: the personal signature of its text by the machine's wallet. */
  record Login(Signature signature, Offer offer) implements FromWorker {}

  /**
   * What this machine offers.
   *
   * @param slots attempts it runs at once
   * @param runtimes app types it can run, such as {@code WASM}
   * @param fuelPerSecond of one processor, as measured on the machine: a claim; null when it was
   *     not measured
   * @param machine null from workers of old, which do not know that tasks may need one
   */
  record Offer(
      int slots,
      int memoryMiB,
      long diskMiB,
      List<String> runtimes,
      @Nullable Long fuelPerSecond,
      @Nullable Machine machine) {
    public Offer {
      if (slots < 1 || slots > LinkLimits.MAX_RUNNING || memoryMiB < 1 || diskMiB < 0) {
        throw new IllegalArgumentException(
            "expected 1 to %d slots, some memory and disk, found: %d slots, %d MiB, %d MiB"
                .formatted(LinkLimits.MAX_RUNNING, slots, memoryMiB, diskMiB));
      }
      runtimes = List.copyOf(runtimes);
    }
  }

  /**
   * What kind of machine it is.
   *
   * @param cpus processors for one attempt
   * @param arch kind of processor, such as {@code amd64}
   * @param groups that its owner says it belongs to
   * @param weaknesses what this machine cannot limit as well as others can, for people
   */
  record Machine(int cpus, String arch, List<String> groups, List<String> weaknesses) {
    public Machine {
      if (cpus < 1 || groups.size() > LinkLimits.MAX_LISTED) {
        throw new IllegalArgumentException(
            "expected 1 or more processors and at most %d groups, found %d and %d"
                .formatted(LinkLimits.MAX_LISTED, cpus, groups.size()));
      }
      groups = List.copyOf(groups);
      weaknesses = weaknesses.stream()
          .limit(LinkLimits.MAX_LISTED)
          .map(LinkLimits::bounded)
          .toList();
    }
  }

  /**
   * Sent after each login and at the period that welcome gives.
   *
   * @param power null from workers of old
   */
  record Heartbeat(
      int freeSlots, List<Running> running, @Nullable Power power) implements FromWorker {
    public Heartbeat {
      if (freeSlots < 0 || running.size() > LinkLimits.MAX_RUNNING) {
        throw new IllegalArgumentException(
            "expected at most %d running attempts and no negative slots, found %d and %d"
                .formatted(LinkLimits.MAX_RUNNING, running.size(), freeSlots));
      }
      running = List.copyOf(running);
    }
  }

  /**
   * Sent at once when a slot becomes free; short, for a fast worker says it many times a second.
   *
   * @param ahead attempts that it wants beyond those that have a slot; null from workers that never
   *     do, and for none
   */
  record Slots(int free, @Nullable Integer ahead) implements FromWorker {
    public Slots {
      if (free < 0 || (ahead != null && ahead < 0)) {
        throw new IllegalArgumentException(
            "expected no negative slots, found %d and %s".formatted(free, ahead));
      }
    }

    public Slots(int free) {
      this(free, null);
    }
  }

  /** An attempt the worker still holds, on disk or running. */
  record Running(AttemptRef ref, Phase phase) {}

  record Progress(AttemptRef ref, Phase phase, String detail) implements FromWorker {
    public Progress {
      detail = LinkLimits.bounded(detail);
    }
  }

  /**
   * Off-chain commit, keccak256(digest, salt), that the pool must have before AFTER_COMMIT release.
   *
   * @param usage null from workers of old
   */
  record Committed(AttemptRef ref, Digest commit, @Nullable RunUsage usage) implements FromWorker {}

  /**
   * Opens a commit: once the worker has contributed, or at once where one run suffices.
   *
   * @param archive in base64 the result, of at most {@link LinkLimits#MAX_RESULT_BYTES}, which the
   *     pool would ask for next; null when it is larger or nobody needs it yet
   */
  record Opened(
      AttemptRef ref, Digest digest, Salt salt, @Nullable String archive) implements FromWorker {
    /** Without a result. */
    public Opened(AttemptRef ref, Digest digest, Salt salt) {
      this(ref, digest, salt, null);
    }

    /** With the result. */
    public static Opened handingIn(AttemptRef ref, Digest digest, Salt salt, byte[] archive) {
      return new Opened(ref, digest, salt, Base64.getEncoder().encodeToString(archive));
    }

    /**
     * The bytes of {@link #archive}; null when there are none.
     *
     * @throws IllegalArgumentException when it is no base64, or too much
     */
    public byte @Nullable [] bytes() {
      return archive == null
          ? null
          : LinkLimits.bytes(archive, LinkLimits.MAX_RESULT_BYTES, "a result");
    }

    @Override
    public String toString() {
      int length = archive == null ? 0 : archive.length();
      return "Opened[%s, %s, %d characters]".formatted(ref, digest, length);
    }
  }

  /**
   * The contribution is mined, or was found on chain already.
   *
   * @param usage null from workers of old
   */
  record Contributed(AttemptRef ref, TxHash tx, @Nullable RunUsage usage) implements FromWorker {}

  record Revealed(AttemptRef ref, TxHash tx) implements FromWorker {}

  /**
   * The attempt gave no result.
   *
   * @param detail for people and logs; bounded by {@link LinkLimits#MAX_DETAIL_CHARS}
   */
  record Failed(AttemptRef ref, FailureCode code, int exitCode, String detail)
      implements FromWorker {
    public Failed {
      detail = LinkLimits.bounded(detail);
    }
  }

  /** The worker will not take this assignment (no free slot, paused, stake too low). */
  record Refused(AttemptRef ref, String code, String detail) implements FromWorker {
    public Refused {
      detail = LinkLimits.bounded(detail);
    }
  }

  /**
   * The result archive that the pool asked for, when it is small: in place of the HTTP upload,
   * since {@link LinkLimits#RESULT_VERSION}. Answered by {@link FromPool.ResultStored} or
   * {@link FromPool.ResultRefused}.
   *
   * @param token of the upload that was asked for
   * @param data the archive in base64, of at most {@link LinkLimits#MAX_RESULT_BYTES}
   */
  record Result(AttemptRef ref, String token, String data) implements FromWorker {
    public static Result of(AttemptRef ref, String token, byte[] archive) {
      return new Result(ref, token, Base64.getEncoder().encodeToString(archive));
    }

    /**
     * The bytes of {@link #data}.
     *
     * @throws IllegalArgumentException when it is no base64, or too much
     */
    public byte[] bytes() {
      return LinkLimits.bytes(data, LinkLimits.MAX_RESULT_BYTES, "a result");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Result[%s, %d characters]".formatted(ref, data.length());
    }
  }

  /**
   * A piece of what the app wrote; only for attempts that the pool watches, and only when nothing
   * else waits to be sent. The first answer to a watch may have no data.
   *
   * @param offset where the piece begins in the {@link OutputLog} of the attempt
   * @param total bytes of the log so far
   * @param data the bytes in base64
   * @param end how the run ended, with its last piece; null before
   */
  record Output(
      AttemptRef ref,
      LogStream stream,
      int offset,
      int total,
      String data,
      @Nullable String end) implements FromWorker {
    public Output {
      if (offset < 0 || total < offset || total > OutputLog.MAX_BYTES) {
        throw new IllegalArgumentException(
            "expected an offset up to the total of at most %d, found %d of %d"
                .formatted(OutputLog.MAX_BYTES, offset, total));
      }
      end = end == null ? null : LinkLimits.bounded(end);
    }

    public static Output of(
        AttemptRef ref, OutputLog.Piece piece, int total, @Nullable String end) {
      var data = Base64.getEncoder().encodeToString(piece.bytes());
      return new Output(ref, piece.stream(), piece.offset(), total, data, end);
    }

    /**
     * The bytes of {@link #data}.
     *
     * @throws IllegalArgumentException when it is no base64, or more than one frame may carry
     */
    public byte[] bytes() {
      return LinkLimits.bytes(data, LinkLimits.MAX_OUTPUT_BYTES, "output");
    }
  }
}
