// Unpacks the files of the index; codec.py and term_counts.py write them.

export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const text = (bytes) => new TextDecoder().decode(bytes);

const lines = (string) => (string ? string.split("\n") : []);

// Sorted terms, each written as what it does not share with the one before it, and their marks.
export function terms(string, marks = []) {
  let last = "";
  return lines(string).map((line) => {
    const tab = line.indexOf("\t");
    marks.push(tab < 0 ? 0 : line.charCodeAt(tab + 1) - 32);
    last = last.slice(0, line.charCodeAt(0) - 32) + line.slice(1, tab < 0 ? line.length : tab);
    return last;
  });
}

export const rows = (bytes) => lines(text(bytes)).map((line) => line.split("\t"));

export const json = (bytes) => JSON.parse(text(bytes));

export function words(bytes) {
  const marks = [];
  const names = terms(text(bytes), marks);
  return { names, marks };
}

// One term range: what it says of each term, and all their postings one after another.
export function shard(bytes, total, head) {
  const input = { bytes, at: 0 };
  const length = varint(input);
  const before = varint(input);
  const splits = [];
  const names = terms(text(bytes.subarray(input.at, input.at + length)), splits);
  input.at += length;
  const frequencies = names.map(() => varint(input));
  const counts = frequencies.map((frequency) => Math.min(frequency, head));
  const starts = [0];
  for (const count of counts) starts.push(starts[starts.length - 1] + count);
  const size = starts[starts.length - 1];
  const payloads = bytes.subarray(input.at, input.at + size);
  const documents = gaps(bytes, input.at + size, counts, total);
  const long = new Map();
  frequencies.forEach((frequency, i) => frequency > head && long.set(i, before + long.size));
  const places = new Map(names.map((name, i) => [name, i]));
  return { names, places, splits, frequencies, starts, documents, payloads, long, entries: [] };
}

// What some long lists hold beside their heads.
export function rests(bytes, total) {
  const input = { bytes, at: 0 };
  const counts = Array.from({ length: varint(input) }, () => varint(input));
  const size = counts.reduce((sum, count) => sum + count, 0);
  const documents = gaps(bytes, input.at + size, counts, total);
  let end = 0;
  return counts.map((count) => {
    const start = end;
    end += count;
    const payloads = bytes.subarray(input.at + start, input.at + end);
    return { payloads, documents: documents.subarray(start, end) };
  });
}

function varint(input) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = input.bytes[input.at++];
    value += (byte & 127) * shift;
    if (byte < 128) return value;
  }
}

// Rice codes: the high bits of a gap as that many zeros and a one, then its low bits.
function gaps(bytes, from, counts, total) {
  const documents = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  let bit = from * 8;
  let at = 0;
  for (const count of counts) {
    const mean = Math.floor(((total - count) * 11) / ((count + 1) * 16));
    const width = mean ? 31 - Math.clz32(mean) : 0;
    let last = -1;
    for (let i = 0; i < count; i++) {
      let gap = 0;
      while (!((bytes[bit >> 3] >> (bit & 7)) & 1)) { bit++; gap++; }
      bit++;
      gap <<= width;
      for (let low = 0; low < width; low++, bit++) {
        gap |= ((bytes[bit >> 3] >> (bit & 7)) & 1) << low;
      }
      documents[at++] = last += gap + 1;
    }
  }
  return documents;
}
