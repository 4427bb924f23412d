package io.ruche.sandbox.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a number of the guest's descriptor table stands for. */
sealed interface Descriptor {
  /** Standard input: always at its end. */
  record EmptyInput() implements Descriptor {}

  /** Standard output or error. */
  record LogOutput(BoundedLog log) implements Descriptor {}

  /** A folder; the listing is a snapshot taken when the guest starts to read it. */
  final class OpenFolder implements Descriptor {
    private final Node.Folder folder;
    private final @Nullable String preopenName;
    private List<Map.Entry<String, Node>> listing = List.of();

    OpenFolder(Node.Folder folder, @Nullable String preopenName) {
      this.folder = folder;
      this.preopenName = preopenName;
    }

    Node.Folder folder() {
      return folder;
    }

    /** The guest's name of a folder that it starts with, such as {@code /iexec_in}. */
    @Nullable
    String preopenName() {
      return preopenName;
    }

    List<Map.Entry<String, Node>> listingFrom(long cookie) {
      if (cookie == 0) {
        var entries = new ArrayList<Map.Entry<String, Node>>();
        entries.add(Map.entry(".", folder));
        entries.add(Map.entry("..", folder));
        entries.addAll(folder.children().entrySet());
        listing = List.copyOf(entries);
      }
      return listing.subList((int) Math.min(cookie, listing.size()), listing.size());
    }
  }

  /** A regular file with its own position. */
  final class OpenFile implements Descriptor {
    private final Node.RegularFile file;
    private final FileChannel channel;
    private final boolean isReadable;
    private final boolean isWritable;
    private boolean isAppending;
    private long position;

    OpenFile(
        Node.RegularFile file,
        FileChannel channel,
        boolean isReadable,
        boolean isWritable,
        boolean isAppending) {
      this.file = file;
      this.channel = channel;
      this.isReadable = isReadable;
      this.isWritable = isWritable;
      this.isAppending = isAppending;
      file.opened();
    }

    Node.RegularFile file() {
      return file;
    }

    FileChannel channel() {
      return channel;
    }

    boolean isReadable() {
      return isReadable;
    }

    boolean isWritable() {
      return isWritable;
    }

    boolean isAppending() {
      return isAppending;
    }

    void setAppending(boolean appending) {
      isAppending = appending;
    }

    long position() {
      return isAppending ? file.sizeBytes() : position;
    }

    void moveTo(long newPosition) {
      position = newPosition;
    }

    void close(FileTree tree) throws IOException {
      channel.close();
      tree.close(file);
    }
  }
}
