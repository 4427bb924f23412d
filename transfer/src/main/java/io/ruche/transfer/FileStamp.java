package io.ruche.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What changes when somebody writes to a file: a cheap sign that verified bytes are still the same.
 */
record FileStamp(long sizeBytes, FileTime modified) {
  static FileStamp of(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new FileStamp(attributes.size(), attributes.lastModifiedTime());
  }
}
