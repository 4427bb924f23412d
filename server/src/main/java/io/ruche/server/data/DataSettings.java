package io.ruche.server.data;

/**
 * Limits of the data store.
 *
 * @param maxResultBytes of one result archive
 * @param isPublishingOpen whether any wallet may publish files here (dev chains)
 * @param maxPublishedBytes of one published file
 * @param quotaBytes of all files of one owner
 * @param totalPublishedBytes of all published files together
 */
public record DataSettings(
    long maxResultBytes,
    boolean isPublishingOpen,
    long maxPublishedBytes,
    long quotaBytes,
    long totalPublishedBytes) {
  private static final long MIB = 1L << 20;

  public static DataSettings defaults() {
    return new DataSettings(320 * MIB, false, 64 * MIB, 256 * MIB, 4_096 * MIB);
  }

  public DataSettings withPublishing(boolean isOpen) {
    return new DataSettings(
        maxResultBytes, isOpen, maxPublishedBytes, quotaBytes, totalPublishedBytes);
  }

  public long maxBlobBytes() {
    return Math.max(maxResultBytes, maxPublishedBytes);
  }
}
