// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AppOrder, WorkerpoolOrder} from "@ruche/kit/interfaces/HubTypes.sol";
import {Failure} from "@ruche/kit/Failures.sol";
import {GridCaller} from "@ruche/kit/GridCaller.sol";

/// @title The least that a calling contract needs: it asks one app, and keeps what it hears
contract Asker is GridCaller {
    address public immutable APP;
    address public immutable OWNER;
    uint256 public immutable TRUST;

    mapping(bytes32 id => bytes) public answers;
    mapping(bytes32 id => Failure) public failures;

    error NotOwner(address caller);

    modifier onlyOwner() {
        if (msg.sender != OWNER) revert NotOwner(msg.sender);
        _;
    }

    /// @param trust how sure answers must be: 1 is one worker's word
    constructor(address hub, address app, uint256 trust) GridCaller(hub) {
        APP = app;
        TRUST = trust;
        OWNER = msg.sender;
    }

    /// @dev The caller has approved the tokens.
    function deposit(uint256 amount) external {
        _depositFrom(msg.sender, amount);
    }

    function withdraw(uint256 amount) external onlyOwner {
        _withdraw(amount, msg.sender);
    }

    function ask(bytes calldata args, uint256 budget, uint256 deadline)
        external
        onlyOwner
        returns (bytes32)
    {
        return _call(APP, args, budget, deadline);
    }

    function askWith(
        bytes calldata args,
        uint256 budget,
        uint256 deadline,
        AppOrder calldata appOffer,
        WorkerpoolOrder calldata poolOffer
    ) external onlyOwner returns (bytes32) {
        return _call(APP, args, budget, deadline, appOffer, poolOffer);
    }

    function _terms(address app, uint256 budget)
        internal
        view
        override
        returns (Terms memory terms)
    {
        terms = super._terms(app, budget);
        terms.trust = TRUST;
    }

    function _onResult(bytes32 id, bytes memory answer) internal override {
        answers[id] = answer;
    }

    function _onFailure(bytes32 id, Failure memory reason) internal override {
        failures[id] = reason;
    }
}
