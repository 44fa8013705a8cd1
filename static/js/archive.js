/** A ZIP archive of texts, stored and not packed, that says nothing of when and on what it was made. */

const VERSION = 20;
const FIRST_OF_1980 = 0x21;

/** What each byte does to a CRC-32. */
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * Return an archive of files, each a name in ASCII and its text, in the order given.
 * @param {[string, string][]} files
 * @returns {Uint8Array}
 */
export function archiveOf(files) {
  const encoder = new TextEncoder();
  const content = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of files) {
    const data = encoder.encode(text);
    const about = aboutFile(name, data);
    const entry = [Uint8Array.of(...u32(0x04034b50), ...about), encoder.encode(name), data];
    content.push(...entry);
    directory.push(
      Uint8Array.of(...u32(0x02014b50), ...u16(VERSION), ...about, ...zeros(10), ...u32(offset)),
      encoder.encode(name),
    );
    offset += sizeOf(entry);
  }
  const count = u16(files.length);
  const end = [...u32(0x06054b50), ...zeros(4), ...count, ...count, ...u32(sizeOf(directory)), ...u32(offset)];
  return oneAfterAnother([...content, ...directory, Uint8Array.of(...end, ...zeros(2))]);
}

/** What the header of a file and the directory say of it alike. */
function aboutFile(name, data) {
  const time = [...zeros(2), ...u16(FIRST_OF_1980)];
  const sizes = [...u32(data.length), ...u32(data.length)];
  return [...u16(VERSION), ...zeros(4), ...time, ...u32(crcOf(data)), ...sizes, ...u16(name.length), ...zeros(2)];
}

function crcOf(bytes) {
  let crc = -1;
  for (let at = 0; at < bytes.length; at += 1) crc = CRC_TABLE[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function u16(value) {
  return [value & 0xff, value >>> 8];
}

function u32(value) {
  return [...u16(value & 0xffff), ...u16(value >>> 16)];
}

function zeros(count) {
  return Array(count).fill(0);
}

function sizeOf(pieces) {
  return pieces.reduce((total, piece) => total + piece.length, 0);
}

function oneAfterAnother(pieces) {
  const whole = new Uint8Array(sizeOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
