package io.ruche.worker;

/**
 * Where the pool wants a result archive.
 *
 * @param path below the pool's origin
 * @param token bearer token of this one upload; never logged
 */
public record UploadTarget(String path, String token) {
  @Override
  public String toString() {
    return "UploadTarget[" + path + ", token=***]";
  }
}
