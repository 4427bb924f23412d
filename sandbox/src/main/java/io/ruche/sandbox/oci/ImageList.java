package io.ruche.sandbox.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which images the engine holds for us, by the checksum of what they came from. Kept in a file of
 * ours: names inside the engine can be set by a stranger's archive. Not thread-safe.
 */
final class ImageList {
  private final Path file;
  private final Map<String, Entry> byKey = new LinkedHashMap<>(16, 0.75f, true);

  /** An image and how many runs use it. */
  private static final class Entry {
    final Image image;
    int uses;

    Entry(Image image) {
      this.image = image;
    }
  }

  /**
   * One image.
   *
   * @param id the engine's own, made from the image's content
   * @param reference by which it is removed; {@code -} when it was there before us
   * @param volumes folders that the image declares as volumes
   */
  record Image(String id, String reference, List<String> volumes) {
    boolean isOurs() {
      return !reference.equals("-");
    }
  }

  ImageList(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        var words = List.of(line.split(" "));
        if (words.size() >= 3) {
          var image = new Image(words.get(1), words.get(2), words.subList(3, words.size()));
          byKey.put(words.get(0), new Entry(image));
        }
      }
    }
  }

  /** One more run uses the image, if it is there. */
  Optional<Image> use(String key) {
    var entry = byKey.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    entry.uses++;
    return Optional.of(entry.image);
  }

  void release(String key) {
    var entry = byKey.get(key);
    if (entry != null) {
      entry.uses--;
    }
  }

  void add(String key, Image image) throws IOException {
    byKey.put(key, new Entry(image));
    save();
  }

  void forget(String key) throws IOException {
    if (byKey.remove(key) != null) {
      save();
    }
  }

  void retain(Predicate<String> isThere) throws IOException {
    if (byKey.values().removeIf(entry -> !isThere.test(entry.image.id()))) {
      save();
    }
  }

  List<String> ids() {
    return byKey.values().stream().map(entry -> entry.image.id).toList();
  }

  /** Takes those images from the list that were not used for longest, beyond as many. */
  List<Image> evict(int keptUnused) throws IOException {
    var evicted = new ArrayList<Image>();
    long unused = byKey.values().stream().filter(entry -> entry.uses == 0).count();
    for (Iterator<Entry> all = byKey.values().iterator(); unused > keptUnused; ) {
      var entry = all.next();
      if (entry.uses == 0) {
        all.remove();
        evicted.add(entry.image);
        unused--;
      }
    }
    if (!evicted.isEmpty()) {
      save();
    }
    var kept = ids();
    return evicted.stream()
        .filter(image -> image.isOurs() && !kept.contains(image.id()))
        .toList();
  }

  private void save() throws IOException {
    var text = new StringBuilder();
    byKey.forEach((key, entry) -> {
      var image = entry.image;
      text.append(key).append(' ').append(image.id()).append(' ').append(image.reference());
      image.volumes().forEach(volume -> text.append(' ').append(volume));
      text.append('\n');
    });
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
