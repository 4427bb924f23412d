package io.ruche.agent.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into arguments as a POSIX shell does, without expansions: blanks separate,
 * {@code '...'} is literal, in {@code "..."} a backslash escapes {@code " \ $} and backquote,
 * outside quotes it escapes anything.
 */
public final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isInWord;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * The arguments of this command line.
   *
   * @throws IllegalArgumentException when a quote is not closed or the text ends in a backslash
   */
  public static List<String> split(String text) {
    var parser = new ShellWords(text);
    while (parser.at < text.length()) {
      parser.step(text.charAt(parser.at++));
    }
    parser.endWord();
    return List.copyOf(parser.words);
  }

  private void step(char next) {
    switch (next) {
      case ' ', '\t', '\n', '\r' -> endWord();
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '\\' -> add(escaped());
      default -> add(next);
    }
  }

  private void add(char next) {
    isInWord = true;
    word.append(next);
  }

  private void endWord() {
    if (isInWord) {
      words.add(word.toString());
      word.setLength(0);
      isInWord = false;
    }
  }

  private void singleQuoted() {
    int close = text.indexOf('\'', at);
    if (close < 0) {
      throw new IllegalArgumentException("a ' in the arguments is not closed");
    }
    isInWord = true;
    word.append(text, at, close);
    at = close + 1;
  }

  private void doubleQuoted() {
    isInWord = true;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') {
        return;
      }
      if (next == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0) {
        next = text.charAt(at++);
      }
      word.append(next);
    }
    throw new IllegalArgumentException("a \" in the arguments is not closed");
  }

  private char escaped() {
    if (at == text.length()) {
      throw new IllegalArgumentException("the arguments end in a backslash");
    }
    return text.charAt(at++);
  }
}
