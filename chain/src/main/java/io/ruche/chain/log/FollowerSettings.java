package io.ruche.chain.log;

/**
 * How logs are followed.
 *
 * @param confirmations how many blocks below the head to stay; 0 on a dev chain
 * @param maxRange blocks asked for at once while catching up
 * @param rememberedBlocks reorgs up to this depth are undone exactly; deeper ones replay everything
 */
public record FollowerSettings(int confirmations, int maxRange, int rememberedBlocks) {
  public static FollowerSettings development() {
    return new FollowerSettings(0, 1_000, 256);
  }

  public static FollowerSettings production() {
    return new FollowerSettings(2, 1_000, 256);
  }

  public FollowerSettings {
    if (confirmations < 0 || maxRange < 1 || rememberedBlocks < 1) {
      throw new IllegalArgumentException("confirmations must be 0 or more, the rest positive");
    }
  }
}
