// A small web server that hands out the files of one folder.

const http = require("node:http");
const fs = require("node:fs");
const path = require("node:path");

const CONTENT_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".png": "image/png",
  ".jpg": "image/jpeg",
};

/** Turn the address of a request into a path inside the folder, or null if it leads outside. */
function resolveRequest(folder, url) {
  const wanted = decodeURIComponent(new URL(url, "http://localhost").pathname);
  const full = path.join(folder, wanted.endsWith("/") ? wanted + "index.html" : wanted);
  return full.startsWith(path.resolve(folder) + path.sep) ? full : null;
}

/** Answer one HTTP request with a file, or with status 404 when there is none. */
function serveFile(folder, request, response) {
  const file = resolveRequest(folder, request.url);
  const stream = file ? fs.createReadStream(file) : null;
  const notFound = () => {
    response.writeHead(404, { "Content-Type": "text/plain" });
    response.end("Not found\n");
  };
  if (!stream) return notFound();
  stream.on("error", notFound);
  stream.on("open", () => {
    const type = CONTENT_TYPES[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type });
    stream.pipe(response);
  });
}

/** Start the HTTP server and listen on a port. */
function startServer(folder, port = 8000) {
  const root = path.resolve(folder);
  const server = http.createServer((request, response) => serveFile(root, request, response));
  server.listen(port, () => console.log(`Serving ${root} at http://localhost:${port}/`));
  return server;
}

module.exports = { resolveRequest, startServer };
