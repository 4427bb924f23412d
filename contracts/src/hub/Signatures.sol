// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {GroupQuery} from "../libraries/GroupQuery.sol";
import {HubStorage} from "./HubStorage.sol";

/// @title Who signed what, and who belongs to which group
/// @notice Calls strangers' contracts, but only statically.
abstract contract Signatures is HubStorage {
    bytes32 internal constant NAME_HASH = keccak256("iExecODB");
    bytes32 internal constant VERSION_HASH = keccak256("5.0.0");
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    /// @dev Follows the chain id, so orders do not cross a fork.
    function _domainSeparator() internal view virtual returns (bytes32) {
        return keccak256(
            abi.encode(DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, block.chainid, address(this))
        );
    }

    function _typedDataHash(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(_domainSeparator(), structHash);
    }

    /// @dev An account with code is asked by ERC-1271; if it is one of EIP-7702, its key may still sign,
    /// as that of any account without code: 65 bytes, or 64 by EIP-2098.
    function _isSigned(address account, bytes32 hash, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        if (account.code.length > 0) {
            if (SignatureChecker.isValidERC1271SignatureNow(account, hash, signature)) return true;
            if (signature.length != 65 && signature.length != 64) return false;
        }
        if (signature.length != 65 && signature.length != 64) revert("invalid-signature-format");
        (address signer, ECDSA.RecoverError problem,) = signature.length == 65
            ? ECDSA.tryRecoverCalldata(hash, signature)
            : ECDSA.tryRecover(hash, bytes32(signature[:32]), bytes32(signature[32:]));
        return problem == ECDSA.RecoverError.NoError && signer == account;
    }

    /// @dev The same for a personal message ("\x19Ethereum Signed Message:\n32" ++ hash).
    function _isSignedMessage(address account, bytes32 hash, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        return _isSigned(account, MessageHashUtils.toEthSignedMessageHash(hash), signature);
    }

    function _isPresigned(address account, bytes32 orderHash) internal view returns (bool) {
        return account != address(0) && _orders[orderHash].presigner == account;
    }

    function _isSignedOrder(address account, bytes32 orderHash, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        return _isPresigned(account, orderHash) || _isSigned(account, orderHash, signature);
    }

    /// @dev Zero allows everybody, an address itself, a group (ERC-734) its members. A group that
    /// reverts or answers anything but true refuses.
    function _isAllowed(address restriction, address account) internal view returns (bool) {
        if (restriction == address(0) || restriction == account) return true;
        return GroupQuery.hasMember(restriction, account);
    }
}
