/**
 * {@code ruche demo chess}: two scripted players, a contract that keeps their game and stakes, and
 * a grid that judges the last move. {@link io.ruche.cli.demo.chess.ChessDemo} plays it on a private
 * network of real processes; nothing here knows a rule of chess.
 */
@NullMarked
package io.ruche.cli.demo.chess;

import org.jspecify.annotations.NullMarked;
