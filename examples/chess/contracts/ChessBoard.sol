// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Moves pieces on a packed board, and knows no rule but where they land
/// @notice For a legal move the position after it is that of the rules; for any other it is
/// something, and the grid says that the move was not legal. Board: four bits a square, a1 first
/// (the highest): 0 empty, 1-6 white PNBRQK, 9-14 black. State: bit 0 side to move, 1-4 castling
/// rights KQkq, 8-15 en-passant square + 1. Move: from | to << 6 | promotion << 12.
library ChessBoard {
    bytes32 internal constant START =
        0x42356324111111110000000000000000000000000000000099999999cabdebac;
    uint16 internal constant START_STATE = 30;

    uint256 private constant PAWN = 1;
    uint256 private constant KING = 6;
    uint256 private constant E1 = 4;
    uint256 private constant E8 = 60;
    uint256 private constant RIGHTS = 0x1e;

    function pieceAt(bytes32 board, uint256 square) internal pure returns (uint256) {
        return (uint256(board) >> _shift(square)) & 0x0f;
    }

    /// @notice Whether a piece of the side to move stands where the move begins.
    function isOwn(bytes32 board, uint16 state, uint16 move) internal pure returns (bool) {
        uint256 piece = pieceAt(board, move & 63);
        return piece != 0 && piece >> 3 == state & 1;
    }

    function play(bytes32 board, uint16 state, uint16 move)
        internal
        pure
        returns (bytes32, uint16)
    {
        uint256 from = move & 63;
        uint256 to = (move >> 6) & 63;
        uint256 promotion = move >> 12;
        uint256 piece = pieceAt(board, from);
        uint256 kind = piece & 7;
        if (kind == PAWN && to + 1 == state >> 8) board = _put(board, to ^ 8, 0);
        if (kind == KING) board = _moveRook(board, from, to);
        board = _put(board, from, 0);
        board = _put(board, to, promotion == 0 ? piece : (piece & 8) | promotion);
        return (board, uint16(_stateAfter(state, kind, from, to)));
    }

    /// @dev Of a king that castles; other moves of a king do not end two files from its home.
    function _moveRook(bytes32 board, uint256 from, uint256 to) private pure returns (bytes32) {
        if (from != E1 && from != E8) return board;
        uint256 rookFrom;
        uint256 rookTo;
        if (to == from + 2) (rookFrom, rookTo) = (to + 1, to - 1);
        else if (to + 2 == from) (rookFrom, rookTo) = (to - 2, to + 1);
        else return board;
        uint256 rook = pieceAt(board, rookFrom);
        return _put(_put(board, rookFrom, 0), rookTo, rook);
    }

    function _stateAfter(uint256 state, uint256 kind, uint256 from, uint256 to)
        private
        pure
        returns (uint256)
    {
        uint256 distance = from > to ? from - to : to - from;
        uint256 enPassant = kind == PAWN && distance == 16 ? (from + to) / 2 + 1 : 0;
        uint256 rights = state & RIGHTS & ~(_rightsOf(from) | _rightsOf(to));
        return ((state & 1) ^ 1) | rights | (enPassant << 8);
    }

    /// @dev The rights that are lost when something leaves or enters this square.
    function _rightsOf(uint256 square) private pure returns (uint256) {
        if (square == 0) return 0x04;
        if (square == E1) return 0x06;
        if (square == 7) return 0x02;
        if (square == 56) return 0x10;
        if (square == E8) return 0x18;
        return square == 63 ? 0x08 : 0;
    }

    function _put(bytes32 board, uint256 square, uint256 piece) private pure returns (bytes32) {
        uint256 shift = _shift(square);
        return bytes32((uint256(board) & ~(0x0f << shift)) | (piece << shift));
    }

    function _shift(uint256 square) private pure returns (uint256) {
        return 252 - 4 * square;
    }
}
