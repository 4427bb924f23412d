package io.ruche.chain.abi;

import java.util.List;

/**
 * Custom errors of our contracts and of the libraries they use; a test compares them with the built
 * contracts.
 */
final class HubErrors {
  static final List<String> SIGNATURES = List.of(
      "AllowanceTooLow(address,address,uint256,uint256)",
      "AlreadyContributed(bytes32,address)",
      "AlreadyRevealed(bytes32,uint256)",
      "AmountTooWide(uint256,uint256)",
      "ArrayLengthsDiffer(uint256,uint256)",
      "ArraysDiffer(uint256,uint256)",
      "BadAuthorization(bytes32,address,address)",
      "BadEnclaveSignature(bytes32,address)",
      "BadRecipient(address)",
      "BadTimeReference(uint256,uint256)",
      "CallbackDigestMismatch(bytes32,bytes32,bytes32)",
      "CallbackGasMissing(bytes32,uint256,uint256)",
      "CallbackGasOutOfRange(uint256,uint256,uint256)",
      "ConsensusWeightTooWide(bytes32,uint256,uint256)",
      "DigestMismatch(bytes32,address,bytes32)",
      "EnclaveRequired(bytes32)",
      "FieldTooLong(uint256,uint256)",
      "IncompatibleDatasetOrder(string)",
      "IndexOutsideDeal(bytes32,uint256,uint256,uint256)",
      "NoFailedCallback(bytes32)",
      "NotAWinner(bytes32,address)",
      "NotOwner(address)",
      "NotResourceOwner(address,address)",
      "NotScheduler(bytes32,address,address)",
      "RevealsMissing(bytes32,uint256,uint256)",
      "RewardRatioTooHigh(uint256,uint256)",
      "SpenderRefused(address)",
      "StakeRatioTooHigh(uint256,uint256)",
      "StakeTooLow(address,uint256,uint256)",
      "TaskAlreadyInitialized(bytes32,uint8)",
      "TaskHasContributions(bytes32,uint256)",
      "TaskNotActive(bytes32,uint8)",
      "TaskNotOpen(bytes32,uint8)",
      "TaskNotRevealing(bytes32,uint8)",
      "TokenAmountDiffers(uint256,uint256)",
      "TooEarly(bytes32,uint256,uint256)",
      "TooLate(bytes32,uint256,uint256)",
      "TooManyContributors(bytes32,uint256)",
      "TrustNotOne(bytes32,uint256)",
      "UnknownDeal(bytes32)",
      "ValueTooWide(string,uint256,uint256)",
      "ERC20InsufficientAllowance(address,uint256,uint256)",
      "ERC20InsufficientBalance(address,uint256,uint256)",
      "ERC721IncorrectOwner(address,uint256,address)",
      "ERC721InsufficientApproval(address,uint256)",
      "ERC721NonexistentToken(uint256)",
      "FailedDeployment()",
      "OwnableUnauthorizedAccount(address)",
      "ReentrancyGuardReentrantCall()",
      "SafeERC20FailedOperation(address)");

  private HubErrors() {}
}
