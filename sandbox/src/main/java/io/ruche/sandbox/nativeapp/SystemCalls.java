package io.ruche.sandbox.nativeapp;

import java.util.Locale;
import java.util.Optional;

/**
 * System calls that a run does not get, each with its number on both architectures. Everything else
 * is allowed: namespaces, an unprivileged user and read-only mounts stand behind it.
 */
enum SystemCalls {
  // Other processes: their memory, descriptors and secrets.
  PTRACE(101, 117),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  PROCESS_MADVISE(440, 440),
  PIDFD_GETFD(438, 438),
  KCMP(312, 272),
  MIGRATE_PAGES(256, 238),
  MOVE_PAGES(279, 239),

  // Mounts: what is read-only or absent must stay so.
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  PIVOT_ROOT(155, 41),
  CHROOT(161, 51),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSPICK(433, 433),
  MOUNT_SETATTR(442, 442),
  OPEN_TREE_ATTR(467, 467),

  // Namespaces: a new user namespace would give capabilities over the kernel's rarer parts.
  UNSHARE(272, 97),
  SETNS(308, 268),

  // Files by handle go around the mounts.
  NAME_TO_HANDLE_AT(303, 264),
  OPEN_BY_HANDLE_AT(304, 265),

  // Large interfaces into the kernel with a long record of holes, and no need for them here.
  BPF(321, 280),
  PERF_EVENT_OPEN(298, 241),
  USERFAULTFD(323, 282),
  ADD_KEY(248, 217),
  REQUEST_KEY(249, 218),
  KEYCTL(250, 219),
  FANOTIFY_INIT(300, 262),
  FANOTIFY_MARK(301, 263),
  LOOKUP_DCOOKIE(212, 18),
  MODIFY_LDT(154, SystemCalls.ABSENT),
  USELIB(134, SystemCalls.ABSENT),

  // Submits other calls past this filter; programs fall back when it is not there.
  IO_URING_SETUP(425, 425, Errors.ENOSYS),
  IO_URING_ENTER(426, 426, Errors.ENOSYS),
  IO_URING_REGISTER(427, 427, Errors.ENOSYS),

  // Its flags lie in memory, where a filter cannot read; the C library falls back to clone.
  CLONE3(435, 435, Errors.ENOSYS),

  // The machine as a whole.
  REBOOT(169, 142),
  KEXEC_LOAD(246, 104),
  KEXEC_FILE_LOAD(320, 294),
  INIT_MODULE(175, 105),
  FINIT_MODULE(313, 273),
  DELETE_MODULE(176, 106),
  SWAPON(167, 224),
  SWAPOFF(168, 225),
  ACCT(163, 89),
  QUOTACTL(179, 60),
  QUOTACTL_FD(443, 443),
  SYSLOG(103, 116),
  IOPL(172, SystemCalls.ABSENT),
  IOPERM(173, SystemCalls.ABSENT),
  SETTIMEOFDAY(164, 170),
  CLOCK_SETTIME(227, 112),
  CLOCK_ADJTIME(305, 266),
  ADJTIMEX(159, 171),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  VHANGUP(153, 58),

  // The processors of a run are chosen by the worker.
  SCHED_SETAFFINITY(203, 122),

  // Memory that no limit of a process counts; refused where no group counts it either.
  MEMFD_CREATE(319, 279, Errors.ENOSYS),
  MEMFD_SECRET(447, 447, Errors.ENOSYS),
  SHMGET(29, 194, Errors.ENOSYS);

  /** The architecture does not have it. */
  private static final int ABSENT = -1;

  private final int onX86;
  private final int onArm;
  private final int error;

  SystemCalls(int onX86, int onArm) {
    this(onX86, onArm, Errors.EPERM);
  }

  SystemCalls(int onX86, int onArm, int error) {
    this.onX86 = onX86;
    this.onArm = onArm;
    this.error = error;
  }

  /** Whether a memory group makes refusing it needless. */
  boolean isMemoryOnly() {
    return switch (this) {
      case MEMFD_CREATE, MEMFD_SECRET, SHMGET -> true;
      default -> false;
    };
  }

  /** What the caller is told. */
  int error() {
    return error;
  }

  Optional<Integer> numberOn(Architecture architecture) {
    int number = architecture == Architecture.X86_64 ? onX86 : onArm;
    return number == ABSENT ? Optional.empty() : Optional.of(number);
  }

  /** Error numbers, the same on both architectures. */
  static final class Errors {
    static final int EPERM = 1;
    static final int ENOSYS = 38;
    static final int EAFNOSUPPORT = 97;

    private Errors() {}
  }

  /** Kinds of processors whose system calls are known. */
  enum Architecture {
    X86_64(0xc000003e, 62, 56, 16, 135, 41, 157),
    AARCH64(0xc00000b7, 183, 220, 29, 92, 198, 167);

    final int audit;
    final int elfMachine;
    final int clone;
    final int ioctl;
    final int personality;
    final int socket;
    final int prctl;

    Architecture(
        int audit, int elfMachine, int clone, int ioctl, int personality, int socket, int prctl) {
      this.audit = audit;
      this.elfMachine = elfMachine;
      this.clone = clone;
      this.ioctl = ioctl;
      this.personality = personality;
      this.socket = socket;
      this.prctl = prctl;
    }

    /** As Java's {@code os.arch} names it; empty for one that has no filter. */
    static Optional<Architecture> named(String osArch) {
      return switch (osArch.toLowerCase(Locale.ROOT)) {
        case "amd64", "x86_64" -> Optional.of(X86_64);
        case "aarch64", "arm64" -> Optional.of(AARCH64);
        default -> Optional.empty();
      };
    }
  }
}
