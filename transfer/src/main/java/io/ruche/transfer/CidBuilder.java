package io.ruche.transfer;

import io.ruche.core.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the CID of a byte stream in constant memory: chunks of 262144 bytes as raw leaves, and
 * above one chunk a balanced UnixFS tree of 174 links a node. Not for use by several threads.
 */
public final class CidBuilder {
  static final int CHUNK_BYTES = 262_144;
  static final int MAX_LINKS = 174;

  private final MessageDigest chunk = Hashing.sha256();
  /** Links that wait for their parent, leaves first; only the last node of a level may be short. */
  private final List<List<Link>> levels = new ArrayList<>();

  private int chunkUsed;

  /**
   * One child as its parent names it.
   *
   * @param fileBytes bytes of the file below it
   * @param blockBytes size of all blocks below it and its own
   */
  private record Link(Cid cid, long fileBytes, long blockBytes) {}

  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (chunkUsed == CHUNK_BYTES) {
        finishChunk();
      }
      int count = Math.min(left, CHUNK_BYTES - chunkUsed);
      chunk.update(bytes, at, count);
      chunkUsed += count;
      at += count;
      left -= count;
    }
  }

  /** The CID of everything so far; the builder is then empty again. */
  public Cid finish() {
    if (chunkUsed > 0 || levels.isEmpty()) {
      finishChunk();
    }
    for (int level = 0; level < levels.size(); level++) {
      var links = levels.get(level);
      if (level == levels.size() - 1 && links.size() == 1) {
        break;
      }
      addLink(level + 1, parentOf(links));
      links.clear();
    }
    var root = levels.getLast().getFirst().cid();
    levels.clear();
    return root;
  }

  private void finishChunk() {
    var cid = new Cid(Cid.Codec.RAW, Sha256.of(chunk.digest()));
    addLink(0, new Link(cid, chunkUsed, chunkUsed));
    chunkUsed = 0;
  }

  private void addLink(int level, Link link) {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    var links = levels.get(level);
    if (links.size() == MAX_LINKS) {
      addLink(level + 1, parentOf(links));
      links.clear();
    }
    links.add(link);
  }

  private static Link parentOf(List<Link> links) {
    long fileBytes = 0;
    long childBytes = 0;
    for (Link link : links) {
      fileBytes += link.fileBytes();
      childBytes += link.blockBytes();
    }
    byte[] block =
        DagPb.node(links.stream().map(CidBuilder::linkBytes).toList(), unixFs(links, fileBytes));
    var cid = new Cid(Cid.Codec.DAG_PB, Sha256.of(Hashing.sha256().digest(block)));
    return new Link(cid, fileBytes, childBytes + block.length);
  }

  private static byte[] linkBytes(Link link) {
    return DagPb.link(link.cid().bytes(), link.blockBytes());
  }

  private static byte[] unixFs(List<Link> links, long fileBytes) {
    return DagPb.fileData(fileBytes, links.stream().mapToLong(Link::fileBytes).toArray());
  }
}
