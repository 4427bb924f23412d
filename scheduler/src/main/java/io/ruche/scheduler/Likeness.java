package io.ruche.scheduler;

/**
 * What several workers have in common that do not get a task.
 *
 * @param what after "12 workers:", the same text for all that are alike
 * @param remedy after "would take it"; empty where nothing could be changed
 */
record Likeness(String what, String remedy) {
  static Likeness of(Reason.OfWorker reason) {
    return switch (reason) {
      case Reason.Lacks(var _, var asked, var _) ->
        new Likeness("do not offer " + asked, "if they offered " + asked);
      case Reason.MissingRuntime(var _, var asked) ->
        new Likeness(
            "do not offer to run apps of type " + asked, "if they ran apps of type " + asked);
      case Reason.NotInGroup(var _, var group, var isListed) -> ofGroup(group, isListed);
      case Reason.TooOldForNeeds _ ->
        new Likeness(
            "are too old to know what the task needs of a machine", "if they were updated");
      case Reason.CannotCancel _ ->
        new Likeness("are too old to be told that a task is cancelled", "if they were updated");
      case Reason.StakeTooLow(var _, var asked, var _) ->
        new Likeness(
            "have less free stake than the %s that a contribution needs".formatted(asked),
            "if they had %s of free stake".formatted(asked));
      case Reason.CapReached(var _, var asked, var _, var _) ->
        new Likeness(
            "may not lock %s more of their account's stake".formatted(asked),
            "if their owners raised the cap by %s".formatted(asked));
      case Reason.NoFreeSlot _ -> new Likeness("have no free slot", "once they have a free slot");
      case Reason.QuotaReached _ ->
        new Likeness("get no more tasks at once so far", "once they did more good work");
      case Reason.Banned(var _, var why) ->
        new Likeness("are banned: " + why, "if they were readmitted");
      case Reason.NotAdmitted _ ->
        new Likeness(
            "are not among those that this pool admits", "if its `workers-allowed` named them");
      case Reason.SameAddressRange(var _, var other, var range) ->
        new Likeness("dial from %s like %s, which took it already".formatted(range, other), "");
      case Reason.OtherArchitecture(var _, var kind, var other, var otherKind) ->
        new Likeness(
            "are of architecture %s, and %s, which took it already, is of %s"
                .formatted(kind, other, otherKind),
            "");
      case Reason.SameOwner(var _, var other) ->
        new Likeness("have the same owner as %s, which took it already".formatted(other), "");
      case Reason.AlreadyContributed _ -> new Likeness("contributed already", "");
      case Reason.AlreadyRunning _ -> new Likeness("are at it", "");
      case Reason.FailedIt _ ->
        new Likeness("failed or refused it, and are not asked again yet", "");
      case Reason.TriedOften _ -> new Likeness("tried it as often as a worker may", "");
      case Reason.BrokeItsCommit _ ->
        new Likeness("contributed another digest than they had committed to", "");
    };
  }

  private static Likeness ofGroup(String group, boolean isListed) {
    return isListed
        ? new Likeness(
            "do not say that they belong to group " + group,
            "if they were started with `--groups %s`".formatted(group))
        : new Likeness(
            "are not listed in group %s of this pool".formatted(group),
            "if the pool's `worker-groups` listed them in group " + group);
  }
}
