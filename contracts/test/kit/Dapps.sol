// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AppOrder, WorkerpoolOrder} from "../../src/interfaces/HubTypes.sol";
import {Failure, UnexpectedAnswer} from "../../kit/Failures.sol";
import {GridCaller} from "../../kit/GridCaller.sol";

/// @dev Everything that a dapp may do with the kit, open to everybody, and moods of its callback.
contract Dapp is GridCaller {
    enum Mood {
        FINE,
        REFUSES,
        BURNS_GAS,
        EXPECTS_TWO_WORDS,
        CALLS_BACK,
        ASKS_AGAIN
    }

    struct Heard {
        uint256 answers;
        uint256 failures;
        bytes answer;
        Failure failure;
    }

    address public immutable APP;
    Mood public mood;
    Terms private _ownTerms;
    bool private _hasOwnTerms;
    mapping(bytes32 id => Heard) private _heard;
    /// @notice What calling back into the contract reverted with.
    bytes[] public refusals;
    bytes[] private _callsBack;
    bytes32 public lastId;

    constructor(address hub, address app) GridCaller(hub) {
        APP = app;
    }

    receive() external payable {}

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function setTerms(Terms calldata terms) external {
        (_ownTerms, _hasOwnTerms) = (terms, true);
    }

    /// @dev What to call on this contract from inside `_onResult`, when the mood is to call back.
    function callBackWith(bytes calldata data) external {
        _callsBack.push(data);
    }

    function depositFrom(address payer, uint256 amount) external {
        _depositFrom(payer, amount);
    }

    function deposit(uint256 amount) external {
        _deposit(amount);
    }

    function withdraw(uint256 amount, address target) external {
        _withdraw(amount, target);
    }

    function abandon(bytes32 id) external {
        _abandon(id);
    }

    function ask(bytes memory args, uint256 budget, uint256 deadline) public returns (bytes32) {
        return lastId = _call(APP, args, budget, deadline);
    }

    function askWith(
        bytes calldata args,
        uint256 budget,
        uint256 deadline,
        AppOrder calldata appOffer,
        WorkerpoolOrder calldata poolOffer
    ) external returns (bytes32) {
        return lastId = _call(APP, args, budget, deadline, appOffer, poolOffer);
    }

    function heard(bytes32 id) external view returns (Heard memory) {
        return _heard[id];
    }

    function available() external view returns (uint256) {
        return _available();
    }

    function _onResult(bytes32 id, bytes memory answer) internal override {
        require(mood != Mood.REFUSES, "refused");
        if (mood == Mood.BURNS_GAS) _burn();
        if (mood == Mood.EXPECTS_TWO_WORDS && answer.length != 64) revert UnexpectedAnswer(answer);
        if (mood == Mood.CALLS_BACK) _callBack();
        if (mood == Mood.ASKS_AGAIN) ask("again", 2.5e7, block.timestamp + 1 days);
        ++_heard[id].answers;
        _heard[id].answer = answer;
    }

    function _onFailure(bytes32 id, Failure memory reason) internal override {
        require(mood != Mood.REFUSES, "refused");
        ++_heard[id].failures;
        _heard[id].failure = reason;
    }

    function _terms(address app, uint256 budget)
        internal
        view
        override
        returns (Terms memory terms)
    {
        return _hasOwnTerms ? _ownTerms : super._terms(app, budget);
    }

    function _callBack() private {
        for (uint256 i = 0; i < _callsBack.length; ++i) {
            (bool success, bytes memory reason) = address(this).call(_callsBack[i]);
            require(!success, "called back");
            refusals.push(reason);
        }
    }

    /// @dev About 400,000 gas, which is more than the hub gives.
    function _burn() private view {
        uint256 start = gasleft();
        while (start - gasleft() < 400_000) {}
    }
}
