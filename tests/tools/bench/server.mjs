// Serves a folder as GitHub Pages does: HTTP/2 over TLS, text and octet streams gzipped, ten
// minutes of cache. Usage: node server.mjs FOLDER CERT KEY; prints its port. /__sent tells how many
// bytes of bodies went out since it was asked last.

import fs from "node:fs";
import http2 from "node:http2";
import path from "node:path";
import { gzipSync } from "node:zlib";

const [folder, cert, key] = process.argv.slice(2);
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const zipped = new Map();

let bytes = 0;
let requests = 0;

const server = http2.createSecureServer({
  cert: fs.readFileSync(cert),
  key: fs.readFileSync(key),
  allowHTTP1: true,
});
server.on("request", (request, response) => {
  if (request.url === "/__sent") {
    response.writeHead(200, { "cache-control": "no-store", "content-type": "application/json" });
    response.end(JSON.stringify({ bytes, requests }));
    bytes = 0;
    requests = 0;
    return;
  }
  let name = path.join(folder, decodeURIComponent(new URL(request.url, "https://x").pathname));
  if (name.endsWith("/")) name += "index.html";
  if (!fs.existsSync(name) || fs.statSync(name).isDirectory()) {
    response.writeHead(404);
    response.end();
    return;
  }
  const type = TYPES[path.extname(name)] || "application/octet-stream";
  if (!zipped.has(name)) {
    zipped.set(name, gzipSync(fs.readFileSync(name), { level: 6 }));
  }
  const body = zipped.get(name);
  bytes += body.length;
  requests++;
  response.writeHead(200, {
    "content-type": type,
    "content-encoding": "gzip",
    "content-length": body.length,
    "cache-control": "max-age=600",
    etag: `"${body.length}"`,
    "access-control-allow-origin": "*",
  });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
