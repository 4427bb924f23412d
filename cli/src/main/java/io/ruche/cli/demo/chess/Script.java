package io.ruche.cli.demo.chess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A game as it was once played.
 *
 * @param finalFen the position it ends in
 */
record Script(String name, String about, List<Ply> plies, String finalFen) {
  private static final String PROMOTIONS = "  nbrq";

  /**
   * One move of one player.
   *
   * @param move from, to and promotion: {@code h7h8q}
   * @param san as people write it: {@code h8=Q+}
   */
  record Ply(String move, String san) {
    int from() {
      return square(move.charAt(0), move.charAt(1));
    }

    int to() {
      return square(move.charAt(2), move.charAt(3));
    }

    /** As the contract takes it. */
    int encoded() {
      int promotion = move.length() > 4 ? PROMOTIONS.indexOf(move.charAt(4)) : 0;
      return from() | to() << 6 | promotion << 12;
    }

    boolean isCastling() {
      return san.startsWith("O-O");
    }

    boolean isPromotion() {
      return san.contains("=");
    }

    private static int square(char file, char rank) {
      return file - 'a' + 8 * (rank - '1');
    }
  }

  Script {
    plies = List.copyOf(plies);
    if (plies.isEmpty()) {
      throw new IllegalArgumentException("expected a move or more in game " + name);
    }
  }

  static List<Script> read(Path file) {
    var scripts = new ArrayList<Script>();
    try {
      new JsonMapper().readTree(file.toFile()).forEach(node -> scripts.add(script(node)));
    } catch (IOException e) {
      throw new RucheException(
          "GAMES_UNREADABLE",
          "the games to play cannot be read from %s.".formatted(file),
          "Restore the file from the repository.",
          false,
          e);
    }
    return scripts;
  }

  private static Script script(JsonNode node) {
    var plies = new ArrayList<Ply>();
    node.path("moves")
        .forEach(move ->
            plies.add(new Ply(move.path("move").asText(), move.path("san").asText())));
    return new Script(
        node.path("name").asText(),
        node.path("about").asText(),
        plies,
        node.path("finalFen").asText());
  }

  /** The moves from one on, numbered as people write them: {@code 1. f3 e5 2. g4 Qh4#}. */
  List<String> numbered(int played) {
    var pairs = new ArrayList<String>();
    for (int i = 0; i < played; i += 2) {
      var black = i + 1 < played ? " " + plies.get(i + 1).san() : "";
      pairs.add("%d. %s%s".formatted(i / 2 + 1, plies.get(i).san(), black));
    }
    return pairs;
  }
}
