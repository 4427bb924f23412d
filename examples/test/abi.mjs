// Just enough of the ABI to call an app by its manifest: bytes32, uintN and bool.

import { keccak_256 } from "@noble/hashes/sha3";

export function signatureOf({ name, arguments: parameters }) {
  return `${name}(${parameters.map(({ type }) => type).join(",")})`;
}

/** The one argument of the app: `0x`, selector, values. */
export function encodeCall(described, values) {
  const selector = Buffer.from(keccak_256(signatureOf(described))).toString("hex").slice(0, 8);
  return `0x${selector}${values.map(word).join("")}`;
}

/** The values of an answer as the manifest writes them. */
export function decodeAnswer(described, answer) {
  const words = answer.slice(2).match(/.{64}/g);
  return described.result.map(({ type }, i) => {
    if (type === "bool") return BigInt(`0x${words[i]}`) === 1n;
    return type === "bytes32" ? `0x${words[i]}` : BigInt(`0x${words[i]}`).toString();
  });
}

function word(value) {
  return BigInt(value).toString(16).padStart(64, "0");
}
