// Runs libpg_query's untouched module in node over statements (one per line, base64) and writes what each of its functions answered:
// one line per statement and function, base64. Usage: node reference.mjs <libpg-query.js> <statements> <answers>
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [glue, statements, answers] = process.argv.slice(2);
const load = createRequire(import.meta.url)(path.resolve(glue));
console.error = () => {}; // the module reports its own aborts there
const output = [];
let pg = await load();
for (const line of fs.readFileSync(statements, "utf8").split("\n").filter((l) => l)) {
  const sql = Buffer.from(line, "base64");
  for (const run of [raw, detailed, ...["wasm_parse_query", "wasm_parse_plpgsql", "wasm_fingerprint", "wasm_normalize_query", "wasm_scan"].map(text)]) {
    let answer;
    try {
      const address = pg._malloc(sql.length + 1);
      pg.HEAPU8.set(sql, address);
      pg.HEAPU8[address + sql.length] = 0;
      answer = run(address);
      pg._free(address);
    } catch (e) {
      if (!(e instanceof WebAssembly.RuntimeError)) throw e;
      answer = "aborted";
      pg = await load();
    }
    output.push(Buffer.from(answer, "utf8").toString("base64"));
  }
}
fs.writeFileSync(answers, output.join("\n") + "\n");

function text(name) {
  return (address) => {
    const result = pg["_" + name](address);
    const answer = pg.UTF8ToString(result);
    pg._wasm_free_string(result);
    return answer;
  };
}

function raw(address) {
  const result = pg._wasm_parse_query_raw(address);
  const [tree, stderr, error] = [0, 4, 8].map((o) => word(result + o));
  const answer = [tree, stderr].map(string);
  if (error) answer.push(...[0, 4, 8].map((o) => string(word(error + o))), word(error + 12), word(error + 16), string(word(error + 20)));
  pg._wasm_free_parse_result(result);
  return answer.join("|");
}

function detailed(address) {
  const result = pg._wasm_parse_query_detailed(address);
  const failed = word(result);
  const answer = [failed, ...[4, 8, 12].map((o) => string(word(result + o))), word(result + 16), word(result + 20), string(word(result + 24)), string(word(result + 28))];
  pg._wasm_free_detailed_result(result);
  return answer.join("|");
}

function word(address) {
  return pg.getValue(address, "i32");
}

function string(address) {
  return address ? pg.UTF8ToString(address) : "-";
}
