package io.ruche.sandbox.oci;

import io.ruche.core.FailureCode;
import io.ruche.core.Sha256;
import io.ruche.sandbox.RunRequest.App;
import io.ruche.sandbox.oci.ImageList.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings images into the engine, one at a time, checked, bounded in time and disk space, and keeps
 * a few that no run uses. Thread-safe.
 */
final class ImageStore {
  private static final Pattern VOLUME = Pattern.compile("/[A-Za-z0-9._/-]{1,200}");
  private static final String FACTS = "{{.Id}} {{.Os}} {{.Architecture}}"
      + "{{range $path, $_ := .Config.Volumes}} {{$path}}{{end}}";

  private final EngineCalls calls;
  private final ContainerSettings settings;
  private final ImageList list;
  private final ReentrantLock bringing = new ReentrantLock();

  /**
   * Knows what an earlier worker of this home brought.
   *
   * @throws IOException when the list cannot be read
   */
  ImageStore(EngineCalls calls, ContainerSettings settings, EngineHome home) throws IOException {
    this.calls = calls;
    this.settings = settings;
    this.list = new ImageList(home.folder().resolve("images"));
  }

  /** By what an app's image is known. */
  static String key(App app) {
    return switch (app) {
      case App.AppFile file -> "file:" + hex(file.sha256());
      case App.AppImage image -> "image:" + hex(image.digest());
    };
  }

  /** The image, from wherever it comes; must be given back with {@link #release}. */
  Image use(App app) throws ImageRefused, InterruptedException {
    var key = key(app);
    var known = known(key);
    if (known != null) {
      return known;
    }
    bringing.lockInterruptibly();
    try {
      known = known(key);
      return known != null ? known : bring(app, key);
    } catch (IOException e) {
      throw new ImageRefused(FailureCode.INFRASTRUCTURE, "the list of images: " + e);
    } finally {
      bringing.unlock();
    }
  }

  synchronized void release(App app) {
    list.release(key(app));
  }

  /** The engine does not have it after all. */
  synchronized void forget(App app) throws IOException {
    list.forget(key(app));
  }

  private synchronized @Nullable Image known(String key) {
    return list.use(key).orElse(null);
  }

  private Image bring(App app, String key) throws ImageRefused, InterruptedException, IOException {
    var image = switch (app) {
      case App.AppFile file -> load(file);
      case App.AppImage named -> pull(named);
    };
    List<Image> evicted;
    synchronized (this) {
      list.add(key, image);
      list.use(key);
      evicted = list.evict(settings.keptImages());
    }
    evicted.forEach(old -> calls.must(List.of("rmi", "-f", old.reference())));
    return image;
  }

  /** The archive's checksum was checked by who fetched it. */
  private Image load(App.AppFile archive) throws ImageRefused, InterruptedException, IOException {
    if (calls.engine().hasSharedImages() && !ProbeImage.is(archive.sha256())) {
      throw new ImageRefused(
          FailureCode.UNSUPPORTED,
          "%s would keep an archive under the name that its author chose, over an image of the"
                  .formatted(calls.engine().name())
              + " owner's; only podman loads archives here");
    }
    var answer = bounded(List.of("load", "--quiet", "--input", archive.file().toString()));
    if (!answer.isGood()) {
      // Its checksum was right; only time and disk are this machine's part.
      var code = answer.exitCode() == EngineCalls.Answer.NONE
          ? FailureCode.INFRASTRUCTURE
          : FailureCode.UNSUPPORTED;
      throw new ImageRefused(code, "the image archive cannot be loaded: " + answer.why());
    }
    var names = answer.out().strip();
    var name = names.substring(names.lastIndexOf(' ') + 1);
    if (names.lines().count() != 1 || name.isEmpty() || name.contains(",")) {
      throw new ImageRefused(
          FailureCode.UNSUPPORTED, "expected one image in the archive, found: " + names);
    }
    return facts(name, "");
  }

  private Image pull(App.AppImage app) throws ImageRefused, InterruptedException {
    var name = ImageName.parse(app.name())
        .orElseThrow(() -> new ImageRefused(
            FailureCode.UNSUPPORTED, "expected the name of an image, found: " + app.name()));
    var digest = hex(app.digest());
    if (app.digest().equals(Sha256.ABSENT)) {
      throw new ImageRefused(
          FailureCode.CHECKSUM, "the app publishes no digest; images run by digest only");
    }
    if (name.digest() != null && !name.digest().equals(digest)) {
      throw new ImageRefused(
          FailureCode.CHECKSUM,
          "expected the digest %s of the app's checksum, found %s in its name"
              .formatted(digest, name.digest()));
    }
    if (!settings.mayReach().test(name.hostName())) {
      throw new ImageRefused(
          FailureCode.FETCH, "this worker may not ask a registry on " + name.hostName());
    }
    var reference = name.pinnedTo(digest);
    if (calls
        .call(List.of("image", "inspect", "--format", "{{.Id}}", reference))
        .isGood()) {
      return facts(reference, "-");
    }
    var arguments = new ArrayList<>(List.of("pull"));
    arguments.addAll(calls.engine().pullFlags());
    arguments.add(reference);
    var answer = bounded(arguments);
    if (!answer.isGood()) {
      throw refused(answer, "the image %s cannot be pulled".formatted(reference));
    }
    return facts(reference, reference);
  }

  /** Stops when it takes too long, or eats the disk. */
  private EngineCalls.Answer bounded(List<String> arguments) throws InterruptedException {
    long atStart = freeBytes();
    BooleanSupplier fits = () -> atStart - freeBytes() < ((long) settings.maxImageMiB() << 20);
    return calls.call(arguments, settings.pullTime(), fits);
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(settings.home()).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  private ImageRefused refused(EngineCalls.Answer answer, String what) {
    var why = answer.why();
    var words = why.toLowerCase(Locale.ROOT);
    boolean isOther =
        words.contains("digest") && (words.contains("match") || words.contains("got"));
    var code = isOther ? FailureCode.CHECKSUM : FailureCode.FETCH;
    return new ImageRefused(code, "%s: %s".formatted(what, why));
  }

  private Image facts(String name, String reference) throws ImageRefused, InterruptedException {
    var answer = calls.call(List.of("image", "inspect", "--format", FACTS, name));
    var words = List.of(answer.out().strip().split(" +"));
    if (!answer.isGood() || words.size() < 3) {
      throw new ImageRefused(
          FailureCode.INFRASTRUCTURE, "the image's facts cannot be read: " + answer.why());
    }
    var platform = words.get(1) + "/" + words.get(2);
    if (!platform.equals("linux/" + architecture())) {
      throw new ImageRefused(
          FailureCode.UNSUPPORTED,
          "expected an image for linux/%s, found one for %s".formatted(architecture(), platform));
    }
    var volumes = words.subList(3, words.size());
    if (!volumes.stream().allMatch(volume -> VOLUME.matcher(volume).matches())) {
      throw new ImageRefused(FailureCode.UNSUPPORTED, "expected plain volumes, found " + volumes);
    }
    return new Image(words.getFirst(), reference.isEmpty() ? words.getFirst() : reference, volumes);
  }

  /** This machine's, in the words of images. */
  static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case "x86_64" -> "amd64";
      case String other -> other;
    };
  }

  /** Drops from the list what the engine no longer has, and from the engine what is not listed. */
  void tidy() throws InterruptedException, IOException {
    var answer = calls.call(List.of("images", "--all", "--quiet", "--no-trunc"));
    if (!answer.isGood() || calls.engine().hasSharedImages()) {
      return;
    }
    var there = new HashSet<String>();
    answer.out().lines().map(ImageStore::bareId).forEach(there::add);
    synchronized (this) {
      list.retain(id -> there.contains(bareId(id)));
      list.ids().forEach(id -> there.remove(bareId(id)));
    }
    there.forEach(id -> calls.must(List.of("rmi", "-f", id)));
  }

  private static String bareId(String id) {
    var text = id.strip();
    return text.startsWith("sha256:") ? text.substring(7) : text;
  }

  private static String hex(Sha256 digest) {
    return digest.hex().substring(2);
  }
}
