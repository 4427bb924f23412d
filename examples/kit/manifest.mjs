// Puts an app's manifest into its module, as a custom section: its checksum then covers both.

export const SECTION = "ruche.manifest";

const CUSTOM_SECTION_ID = 0;

/** The module with the exact bytes of the manifest in a last section. */
export function withManifest(module, manifest) {
  JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(manifest));
  if (WebAssembly.Module.customSections(new WebAssembly.Module(module), SECTION).length > 0) {
    throw new Error(`the module has a section ${SECTION} already`);
  }
  const name = Buffer.from(SECTION);
  const content = Buffer.concat([leb128(name.length), name, manifest]);
  const head = Buffer.concat([Buffer.from([CUSTOM_SECTION_ID]), leb128(content.length)]);
  return Buffer.concat([module, head, content]);
}

/** An unsigned number as WebAssembly writes it: 7 bits a byte, the lowest first. */
function leb128(value) {
  const bytes = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
