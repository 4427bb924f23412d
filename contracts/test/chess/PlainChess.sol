// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Mate and stalemate computed on chain, to compare with asking the grid
/// @notice Written to be read: unpack the board, try every move, see whether the king is safe.
/// @dev Expects a position of a game; the chess app in examples/ also refuses others. Positions are
/// encoded as there: `board` holds four bits a square from a1 to h8, `state` the side to move (bit 0),
/// castling rights (bits 1 to 4) and the en-passant square + 1 (bits 8 to 15).
contract PlainChess {
    uint8 public constant NEITHER = 0;
    uint8 public constant MATE = 1;
    uint8 public constant STALEMATE = 2;

    uint8 private constant EMPTY = 0;
    uint8 private constant PAWN = 1;
    uint8 private constant KNIGHT = 2;
    uint8 private constant BISHOP = 3;
    uint8 private constant ROOK = 4;
    uint8 private constant QUEEN = 5;
    uint8 private constant KING = 6;
    uint8 private constant BLACK = 8;

    uint256 private constant OFF_BOARD = 64;

    /// @dev `own` and `other` are 0 or BLACK. Steps and jumps are files and ranks; the first four
    /// steps are straight, the last four diagonal.
    struct Position {
        uint8[64] squares;
        uint8 own;
        uint8 other;
        uint256 enPassant;
        uint256 king;
        int256[2][8] steps;
        int256[2][8] jumps;
    }

    /// @notice Whether the side to move is mated, stalemated or neither.
    function outcome(bytes32 board, uint256 state) external pure returns (uint8) {
        Position memory position = _read(board, state);
        for (uint256 square = 0; square < 64; ++square) {
            if (_isOwn(position, square) && _canMove(position, square)) return NEITHER;
        }
        return _isAttacked(position, position.king) ? MATE : STALEMATE;
    }

    function _read(bytes32 board, uint256 state) private pure returns (Position memory position) {
        position.own = state & 1 == 0 ? 0 : BLACK;
        position.other = BLACK - position.own;
        uint256 enPassant = (state >> 8) & 0xff;
        position.enPassant = enPassant == 0 ? OFF_BOARD : enPassant - 1;
        for (uint256 square = 0; square < 64; ++square) {
            uint8 piece = uint8(uint256(board) >> (252 - 4 * square)) & 15;
            position.squares[square] = piece;
            if (piece == position.own + KING) position.king = square;
        }
        position.steps = [
            [int256(1), 0],
            [int256(-1), 0],
            [int256(0), 1],
            [int256(0), -1],
            [int256(1), 1],
            [int256(1), -1],
            [int256(-1), 1],
            [int256(-1), -1]
        ];
        position.jumps = [
            [int256(1), 2],
            [int256(1), -2],
            [int256(-1), 2],
            [int256(-1), -2],
            [int256(2), 1],
            [int256(2), -1],
            [int256(-2), 1],
            [int256(-2), -1]
        ];
    }

    /// @dev Castling is left out: where it is allowed, the king may also step to the rook's new square.
    function _canMove(Position memory position, uint256 from) private pure returns (bool) {
        uint8 kind = position.squares[from] & 7;
        if (kind == PAWN) return _canPawnMove(position, from);
        if (kind == KNIGHT) return _canLeap(position, from, position.jumps);
        if (kind == BISHOP) return _canSlide(position, from, 4, 8);
        if (kind == ROOK) return _canSlide(position, from, 0, 4);
        if (kind == QUEEN) return _canSlide(position, from, 0, 8);
        return _canLeap(position, from, position.steps);
    }

    function _canPawnMove(Position memory position, uint256 from) private pure returns (bool) {
        int256 ahead = position.own == BLACK ? -1 : int256(1);
        uint256 one = _away(from, 0, ahead);
        if (_isEmpty(position, one)) {
            if (_isSafe(position, from, one, one)) return true;
            uint256 two = _away(one, 0, ahead);
            bool isFirst = from / 8 == (position.own == BLACK ? 6 : 1);
            if (isFirst && _isEmpty(position, two) && _isSafe(position, from, two, two)) {
                return true;
            }
        }
        for (int256 files = -1; files <= 1; files += 2) {
            uint256 to = _away(from, files, ahead);
            if (to == OFF_BOARD) continue;
            if (_isOther(position, to) && _isSafe(position, from, to, to)) return true;
            uint256 jumped = _away(from, files, 0);
            if (to == position.enPassant && _isSafe(position, from, to, jumped)) return true;
        }
        return false;
    }

    function _canLeap(Position memory position, uint256 from, int256[2][8] memory leaps)
        private
        pure
        returns (bool)
    {
        for (uint256 i = 0; i < 8; ++i) {
            uint256 to = _away(from, leaps[i][0], leaps[i][1]);
            if (to == OFF_BOARD || _isOwn(position, to)) continue;
            if (_isSafe(position, from, to, to)) return true;
        }
        return false;
    }

    function _canSlide(Position memory position, uint256 from, uint256 first, uint256 end)
        private
        pure
        returns (bool)
    {
        for (uint256 i = first; i < end; ++i) {
            int256[2] memory step = position.steps[i];
            uint256 to = _away(from, step[0], step[1]);
            while (to != OFF_BOARD && !_isOwn(position, to)) {
                if (_isSafe(position, from, to, to)) return true;
                if (!_isEmpty(position, to)) break;
                to = _away(to, step[0], step[1]);
            }
        }
        return false;
    }

    /// @dev Makes the move, looks whether the own king is attacked, and takes the move back.
    function _isSafe(Position memory position, uint256 from, uint256 to, uint256 taken)
        private
        pure
        returns (bool safe)
    {
        uint8 piece = position.squares[from];
        uint8 victim = position.squares[taken];
        position.squares[taken] = EMPTY;
        position.squares[from] = EMPTY;
        position.squares[to] = piece;
        safe = !_isAttacked(position, from == position.king ? to : position.king);
        position.squares[to] = EMPTY;
        position.squares[from] = piece;
        position.squares[taken] = victim;
    }

    /// @dev Whether the other side attacks this square.
    function _isAttacked(Position memory position, uint256 square) private pure returns (bool) {
        int256 towardsThem = position.own == BLACK ? -1 : int256(1);
        return _holds(position, _away(square, -1, towardsThem), PAWN)
            || _holds(position, _away(square, 1, towardsThem), PAWN)
            || _isLeaptTo(position, square, position.jumps, KNIGHT)
            || _isLeaptTo(position, square, position.steps, KING) || _isOnLine(position, square);
    }

    function _isLeaptTo(
        Position memory position,
        uint256 square,
        int256[2][8] memory leaps,
        uint8 kind
    ) private pure returns (bool) {
        for (uint256 i = 0; i < 8; ++i) {
            if (_holds(position, _away(square, leaps[i][0], leaps[i][1]), kind)) return true;
        }
        return false;
    }

    function _isOnLine(Position memory position, uint256 square) private pure returns (bool) {
        for (uint256 i = 0; i < 8; ++i) {
            int256[2] memory step = position.steps[i];
            uint256 seen = _away(square, step[0], step[1]);
            while (seen != OFF_BOARD && _isEmpty(position, seen)) {
                seen = _away(seen, step[0], step[1]);
            }
            if (_holds(position, seen, i < 4 ? ROOK : BISHOP)) return true;
            if (_holds(position, seen, QUEEN)) return true;
        }
        return false;
    }

    /// @dev Whether the other side has such a piece there.
    function _holds(Position memory position, uint256 square, uint8 kind)
        private
        pure
        returns (bool)
    {
        return square != OFF_BOARD && position.squares[square] == position.other + kind;
    }

    function _isEmpty(Position memory position, uint256 square) private pure returns (bool) {
        return position.squares[square] == EMPTY;
    }

    function _isOwn(Position memory position, uint256 square) private pure returns (bool) {
        uint8 piece = position.squares[square];
        return piece != EMPTY && piece & BLACK == position.own;
    }

    function _isOther(Position memory position, uint256 square) private pure returns (bool) {
        uint8 piece = position.squares[square];
        return piece != EMPTY && piece & BLACK == position.other;
    }

    /// @dev The square so many files and ranks away, or OFF_BOARD.
    function _away(uint256 square, int256 files, int256 ranks) private pure returns (uint256) {
        int256 file = int256(square % 8) + files;
        int256 rank = int256(square / 8) + ranks;
        if (file < 0 || file > 7 || rank < 0 || rank > 7) return OFF_BOARD;
        return uint256(8 * rank + file);
    }
}
