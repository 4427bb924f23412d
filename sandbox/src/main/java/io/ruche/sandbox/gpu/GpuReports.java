package io.ruche.sandbox.gpu;

import io.ruche.sandbox.gpu.Gpu.Vendor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what the vendors' tools print. A line that makes no sense names no GPU. */
final class GpuReports {
  private static final int MAX_GPUS = 64;
  private static final int BYTES_PER_MIB_BITS = 20;

  private GpuReports() {}

  /** Lines such as {@code NVIDIA H100 80GB HBM3, 81559}. */
  static List<Gpu> nvidia(String csv) {
    var gpus = new ArrayList<Gpu>();
    csv.lines().limit(MAX_GPUS).forEach(line -> {
      int comma = line.lastIndexOf(',');
      long memoryMiB = comma < 1 ? -1 : number(line.substring(comma + 1));
      if (memoryMiB > 0) {
        gpus.add(new Gpu(Vendor.NVIDIA, line.substring(0, comma).strip(), memoryMiB));
      }
    });
    return gpus;
  }

  /** A header that begins with {@code device}, then a line for each card; the order may change. */
  static List<Gpu> amd(String csv) {
    var gpus = new ArrayList<Gpu>();
    List<String> header = List.of();
    for (var line : csv.lines().limit(MAX_GPUS).toList()) {
      var fields = Arrays.stream(line.split(",")).map(String::strip).toList();
      if (fields.getFirst().equals("device")) {
        header = fields;
      } else if (fields.getFirst().startsWith("card")) {
        long bytes = number(field(header, fields, "VRAM Total Memory (B)"));
        if (bytes > 0) {
          gpus.add(new Gpu(Vendor.AMD, amdName(header, fields), bytes >> BYTES_PER_MIB_BITS));
        }
      }
    }
    return gpus;
  }

  private static String amdName(List<String> header, List<String> fields) {
    for (var column : List.of("Card Series", "Card series", "Card Model", "Card model")) {
      var name = field(header, fields, column);
      if (!name.isEmpty() && !name.equals("N/A")) {
        return name;
      }
    }
    return "AMD GPU";
  }

  private static String field(List<String> header, List<String> fields, String column) {
    int index = header.indexOf(column);
    return index >= 0 && index < fields.size() ? fields.get(index) : "";
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
