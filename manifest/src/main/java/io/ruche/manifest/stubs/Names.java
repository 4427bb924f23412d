package io.ruche.manifest.stubs;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of a manifest as names of the two languages; a word that is taken gets an underscore. */
final class Names {
  private static final Set<String> JAVA = Set.of(
      ("abstract assert boolean break byte case catch char class const continue default do double"
              + " else enum extends final finally float for goto if implements import instanceof int"
              + " interface long native new package private protected public return short static"
              + " strictfp super switch synchronized this throw throws transient try void volatile"
              + " while true false null clone finalize getClass hashCode notify notifyAll toString"
              + " wait answer value")
          .split(" "));

  private static final Set<String> SOLIDITY = Set.of(
      ("abi abstract addmod address after alias anonymous apply as assembly assert at auto block"
              + " blobhash blockhash bool break byte bytes calldata case catch constant constructor"
              + " continue contract copyof days default define delete do ecrecover else emit enum"
              + " error ether event external fallback false final finney fixed for from function"
              + " gasleft global gwei hex hours if immutable implements import in indexed inline int"
              + " interface internal is keccak256 layout leave let library log0 log1 log2 log3 log4"
              + " macro mapping match memory minutes modifier msg mulmod mutable new now null of"
              + " override partial payable pragma private promise public pure receive reference"
              + " relocatable require return returns revert ripemd160 sealed seconds selfdestruct"
              + " sha256 sha3 sizeof static storage string struct suicide super supports switch szabo"
              + " this throw transient true try tx type typedef typeof ufixed uint unchecked"
              + " unicode using var view virtual weeks while wei years")
          .split(" "));

  private static final Set<String> CLASSES = Set.of(
      ("AbiFunction AbiValue Address BigInteger Boolean Bytes Call Digest Error Integer List Long"
              + " Object Override Panic Record String")
          .split(" "));

  private Names() {}

  /** Class and library of an app: {@code risk-analysis} is {@code RiskAnalysis}. */
  static String type(String app) {
    var name = Stream.of(app.split("-")).map(Names::capital).collect(Collectors.joining());
    return CLASSES.contains(name) ? name + "App" : name;
  }

  static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  static String java(String name) {
    return JAVA.contains(name) ? name + "_" : name;
  }

  /**
   * A name in a Solidity library.
   *
   * @param taken names around it, which it would shadow
   */
  static String solidity(String name, Set<String> taken) {
    boolean isSized = name.matches("(u?int|bytes)[0-9]+");
    return SOLIDITY.contains(name) || taken.contains(name) || isSized ? name + "_" : name;
  }
}
