/** A ZIP archive of texts, stored and not packed, that says nothing of when and on what it was made. */

const VERSION = 20;
const FIRST_OF_1980 = 0x21;

/** What each byte does to a CRC-32. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
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
    const entry = [Uint8Array.of(...long(0x04034b50), ...about), encoder.encode(name), data];
    content.push(...entry);
    directory.push(
      Uint8Array.of(...long(0x02014b50), ...short(VERSION), ...about, ...zeros(10), ...long(offset)),
      encoder.encode(name),
    );
    offset += sizeOf(entry);
  }
  const count = short(files.length);
  const end = [...long(0x06054b50), ...zeros(4), ...count, ...count, ...long(sizeOf(directory)), ...long(offset)];
  return oneAfterAnother([...content, ...directory, Uint8Array.of(...end, ...zeros(2))]);
}

/** What the header of a file and the directory say of it alike. */
function aboutFile(name, data) {
  const time = [...zeros(2), ...short(FIRST_OF_1980)];
  const sizes = [...long(data.length), ...long(data.length)];
  return [...short(VERSION), ...zeros(4), ...time, ...long(crcOf(data)), ...sizes, ...short(name.length), ...zeros(2)];
}

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function short(value) {
  return [value & 0xff, value >>> 8];
}

function long(value) {
  return [...short(value & 0xffff), ...short(value >>> 16)];
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
