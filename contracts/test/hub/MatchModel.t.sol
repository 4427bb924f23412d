// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import "../../src/interfaces/HubTypes.sol";
import {HubFixture} from "../base/HubFixture.sol";
import {ListGroup} from "../mocks/Groups.sol";

/// @title Matching against an executable model
/// @dev Good orders with up to three random changes; the model, written from the interface alone,
/// says the error or the volume.
contract MatchModelTest is HubFixture {
    uint256 private constant CHANGES = 38;
    // The changes set none above.
    uint256 private constant TAG_BITS = 16;

    ListGroup private _group;
    // Which signatures are by a stranger: app, dataset, pool, request.
    bool[4] private _isForged;

    function setUp() public override {
        super.setUp();
        _group = new ListGroup();
    }

    /// @dev Four matches a run.
    /// forge-config: ci.fuzz.runs = 2500
    function testFollowsTheModel(uint256 seed) public {
        for (uint256 i = 0; i < 4; ++i) {
            delete _isForged;
            _group = new ListGroup();
            _followsTheModel(uint256(keccak256(abi.encode(seed, i))));
        }
    }

    function _followsTheModel(uint256 seed) private {
        Orders memory orders = withDataset(bagOrders(3, 1));
        for (uint256 i = 0; i < seed % 4; ++i) {
            _change(orders, uint256(keccak256(abi.encode(seed, i))));
        }
        _sign(orders);
        string memory refusal = _model(orders);
        uint256 locked = lockedOf(requester);

        if (bytes(refusal).length > 0) {
            vm.expectRevert(bytes(string.concat("iExecV5-matchOrders-0x", refusal)));
            matchThem(orders);
            return;
        }
        Deal memory deal = hub.viewDeal(matchThem(orders));
        vm.assertEq(deal.botSize, _volume(orders), "volume");
        vm.assertEq(deal.tag, _tag(orders), "tag");
        vm.assertEq(deal.trust, orders.request.trust == 0 ? 1 : orders.request.trust, "trust");
        vm.assertEq(deal.dataset.pointer, orders.dataset.dataset, "dataset");
        vm.assertEq(lockedOf(requester) - locked, _price(orders) * deal.botSize, "locked");
    }

    /// @dev One of many changes, most of them on the edge of being refused.
    function _change(Orders memory o, uint256 seed) private {
        uint256 kind = seed % CHANGES;
        uint256 value = seed / CHANGES;
        if (kind < 12) _changeTerms(o, kind, value);
        else if (kind < 16) _changeTag(o, kind, value);
        else if (kind < 30) _changeRestriction(o, kind - 16, value);
        else if (kind < 34) _isForged[kind - 30] = true;
        else _changeVolume(o, kind - 34, value % 4);
    }

    function _changeTerms(Orders memory o, uint256 kind, uint256 value) private view {
        if (kind == 0) o.request.category = value % 4;
        if (kind == 1) o.pool.category = value % 4;
        if (kind == 2) o.request.category = o.pool.category = value % 4;
        if (kind == 3) o.request.trust = value % 1002;
        if (kind == 4) o.pool.trust = value % 3;
        if (kind == 5) o.request.appmaxprice = APP_PRICE - 1 + value % 3;
        if (kind == 6) o.request.datasetmaxprice = DATASET_PRICE - 1 + value % 3;
        if (kind == 7) o.request.workerpoolmaxprice = POOL_PRICE - 1 + value % 3;
        if (kind == 8) o.request.app = value % 2 == 0 ? address(0xa9) : app;
        if (kind == 9) o.request.dataset = value % 2 == 0 ? address(0) : dataset;
        if (kind == 10) {
            o.dataset = noDataset();
            if (value % 2 == 0) o.request.dataset = address(0);
        }
        if (kind == 11) o.app.app = o.request.app = value % 2 == 0 ? pool : address(0xa9);
    }

    function _changeTag(Orders memory o, uint256 kind, uint256 value) private pure {
        bytes32 tag = bytes32(value % 32 | (value >> 8) % 2 << 8);
        if (kind == 12) o.app.tag = o.pool.tag = tag;
        if (kind == 13) o.dataset.tag = tag;
        if (kind == 14) o.pool.tag = o.pool.tag | tag | bytes32(uint256(1));
        if (kind == 15) o.request.tag = tag;
    }

    function _changeRestriction(Orders memory o, uint256 kind, uint256 value) private {
        if (kind == 0) o.request.workerpool = _restriction(pool, value);
        if (kind == 1) o.app.datasetrestrict = _restriction(dataset, value);
        if (kind == 2) o.app.workerpoolrestrict = _restriction(pool, value);
        if (kind == 3) o.app.requesterrestrict = _restriction(requester, value);
        if (kind == 4) o.dataset.apprestrict = _restriction(app, value);
        if (kind == 5) o.dataset.workerpoolrestrict = _restriction(pool, value);
        if (kind == 6) o.dataset.requesterrestrict = _restriction(requester, value);
        if (kind == 7) o.pool.apprestrict = _restriction(app, value);
        if (kind == 8) o.pool.datasetrestrict = _restriction(dataset, value);
        if (kind == 9) o.pool.requesterrestrict = _restriction(requester, value);
        if (kind == 10) _group.add(pool);
        if (kind == 11) _group.add(requester);
        if (kind == 12) _group.add(app);
        if (kind == 13) _group.add(dataset);
    }

    function _restriction(address right, uint256 value) private view returns (address) {
        address[4] memory choices = [right, address(_group), address(0xbad), address(hub)];
        return choices[value % 4];
    }

    function _changeVolume(Orders memory o, uint256 kind, uint256 volume) private pure {
        if (kind == 0) o.app.volume = volume;
        if (kind == 1) o.dataset.volume = volume;
        if (kind == 2) o.pool.volume = volume;
        if (kind == 3) o.request.volume = volume;
    }

    function _sign(Orders memory o) private view {
        signed(o);
        if (_isForged[0]) o.app.sign = sign(REQUESTER_KEY, hasher.ofApp(o.app));
        if (_isForged[1]) o.dataset.sign = sign(REQUESTER_KEY, hasher.ofDataset(o.dataset));
        if (_isForged[2]) o.pool.sign = sign(REQUESTER_KEY, hasher.ofPool(o.pool));
        if (_isForged[3]) o.request.sign = sign(APP_OWNER_KEY, hasher.ofRequest(o.request));
    }

    // The model.

    function _model(Orders memory o) private view returns (string memory refusal) {
        refusal = _modelTerms(o);
        if (bytes(refusal).length == 0) refusal = _modelRestrictions(o);
        if (bytes(refusal).length == 0) refusal = _modelSignatures(o);
        if (bytes(refusal).length == 0 && _volume(o) == 0) refusal = "60";
    }

    function _modelTerms(Orders memory o) private pure returns (string memory) {
        if (o.request.category != o.pool.category) return "00";
        if (o.request.category >= 2) return "01";
        if (o.request.trust > o.pool.trust) return "02";
        if (o.app.appprice > o.request.appmaxprice) return "03";
        if (o.dataset.datasetprice > o.request.datasetmaxprice) return "04";
        if (o.pool.workerpoolprice > o.request.workerpoolmaxprice) return "05";
        for (uint256 bit = 0; bit < TAG_BITS; ++bit) {
            if (_has(_tag(o), bit) && !_has(o.pool.tag, bit)) return "06";
        }
        if (_has(_tag(o), 0) && !_has(o.app.tag, 0)) return "07";
        return "";
    }

    function _modelRestrictions(Orders memory o) private view returns (string memory) {
        if (o.app.app != o.request.app) return "10";
        if (o.dataset.dataset != o.request.dataset) return "11";
        if (!_lets(o.request.workerpool, pool)) return "12";
        if (!_lets(o.app.datasetrestrict, o.dataset.dataset)) return "13";
        if (!_lets(o.app.workerpoolrestrict, pool)) return "14";
        if (!_lets(o.app.requesterrestrict, requester)) return "15";
        if (!_lets(o.dataset.apprestrict, o.app.app)) return "16";
        if (!_lets(o.dataset.workerpoolrestrict, pool)) return "17";
        if (!_lets(o.dataset.requesterrestrict, requester)) return "18";
        if (!_lets(o.pool.apprestrict, o.app.app)) return "19";
        if (!_lets(o.pool.datasetrestrict, o.dataset.dataset)) return "1a";
        if (!_lets(o.pool.requesterrestrict, requester)) return "1b";
        return "";
    }

    function _modelSignatures(Orders memory o) private view returns (string memory) {
        if (o.app.app != app) return "20";
        if (_isForged[0]) return "21";
        if (o.dataset.dataset != address(0) && _isForged[1]) return "31";
        if (_isForged[2]) return "41";
        if (_isForged[3]) return "50";
        return "";
    }

    /// @dev Everybody, this one, or a member; the hub itself is a contract but no group.
    function _lets(address restriction, address account) private view returns (bool) {
        if (restriction == address(0) || restriction == account) return true;
        return restriction == address(_group)
            && _group.keyHasPurpose(bytes32(uint256(uint160(account))), 4);
    }

    /// @dev Bits 1 to 3 of the dataset order name a framework and do not count.
    function _tag(Orders memory o) private pure returns (bytes32 tag) {
        for (uint256 bit = 0; bit < TAG_BITS; ++bit) {
            bool isOfDataset = _has(o.dataset.tag, bit) && (bit == 0 || bit > 3);
            if (_has(o.app.tag, bit) || _has(o.request.tag, bit) || isOfDataset) {
                tag |= bytes32(1 << bit);
            }
        }
    }

    function _has(bytes32 tag, uint256 bit) private pure returns (bool) {
        return uint256(tag) >> bit & 1 == 1;
    }

    function _volume(Orders memory o) private pure returns (uint256 least) {
        least = o.app.volume;
        if (o.pool.volume < least) least = o.pool.volume;
        if (o.request.volume < least) least = o.request.volume;
        if (o.dataset.dataset != address(0) && o.dataset.volume < least) least = o.dataset.volume;
    }

    function _price(Orders memory o) private pure returns (uint256) {
        return o.app.appprice + o.dataset.datasetprice + o.pool.workerpoolprice;
    }
}
