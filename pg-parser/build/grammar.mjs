// Rewrites libpg_query's WebAssembly module for the JVM: readable import and export names, checks of the C stack, and
// functions small enough for JVM methods.
// Usage: node grammar.mjs <directory holding node_modules> <output.wasm>
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { outline } from "./outline.mjs";
import { flat, reader } from "./tree.mjs";

const [home, output] = process.argv.slice(2);
const require = createRequire(path.resolve(home, "package.json"));
const binaryen = (await import(pathToFileURL(require.resolve("binaryen")).href)).default;

const wasmDir = path.join(home, "node_modules", "libpg-query", "wasm");
const glue = fs.readFileSync(path.join(wasmDir, "libpg-query.js"), "utf8");
const module = binaryen.readBinary(fs.readFileSync(path.join(wasmDir, "libpg-query.wasm")));
const { MVP, BulkMemory, BulkMemoryOpt, MutableGlobals, NontrappingFPToInt, SignExt } = binaryen.Features;
module.setFeatures(MVP | BulkMemory | BulkMemoryOpt | MutableGlobals | NontrappingFPToInt | SignExt);

rename(module);
checkStack(module);
outline(binaryen, module);
if (!module.validate()) throw new Error("the rewritten module is not valid WebAssembly");
fs.writeFileSync(output, module.emitBinary());

// C code that runs out of its stack would go on and overwrite the module's data. The stack grows down from the first global's value.
function checkStack(module) {
  const { name, type, init } = binaryen.getGlobalInfo(module.getGlobal("global$0"));
  module.addGlobal("__stack_pointer", type, true, module.copyExpression(init));
  const read = reader(binaryen);
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const { base, body } = binaryen.getFunctionInfo(module.getFunctionByIndex(i));
    if (base) continue;
    for (const n of flat(read(body))) {
      if (n.info.name !== name) continue;
      if (n.kind === "GlobalGet") binaryen.GlobalGet.setName(n.ref, "__stack_pointer");
      if (n.kind === "GlobalSet") binaryen.GlobalSet.setName(n.ref, "__stack_pointer");
    }
  }
  module.removeGlobal(name);
  module.runPasses(["stack-check"]);
}

// Emscripten shortens import and export names anew in every build; the JavaScript next to the module knows them.
function rename(module) {
  const clean = (name) => name.replace(/^_/, "");
  const exported = new Map([[one(/wasmExports\["(\w+)"\]\(\)/, "constructors"), "__wasm_call_ctors"]]);
  const assignments = one(/function assignWasmExports\(wasmExports\)\{(.*?)\}/, "exports");
  for (const [, name, short] of assignments.matchAll(/(\w+)=(?:Module\["\w+"\]=|\w+=)?wasmExports\["(\w+)"\]/g)) {
    exported.set(short, clean(name));
  }
  for (let i = module.getNumExports() - 1; i >= 0; i--) {
    const { name, kind, value } = binaryen.getExportInfo(module.getExportByIndex(i));
    const longName = exported.get(name);
    if (!longName) throw new Error(`export ${name} has no name in libpg-query.js`);
    if (kind !== binaryen.ExternalFunction) continue;
    module.removeExport(name);
    module.addFunctionExport(value, longName);
  }

  const imported = new Map();
  for (const [, short, name] of one(/wasmImports=\{(.*?)\}/, "imports").matchAll(/(\w+):(\w+)/g)) {
    imported.set(short, clean(name));
  }
  const functions = [];
  for (let i = 0; i < module.getNumFunctions(); i++) functions.push(binaryen.getFunctionInfo(module.getFunctionByIndex(i)));
  for (const { name, module: from, base, params, results } of functions.filter((f) => f.base)) {
    const longName = imported.get(base);
    if (!longName) throw new Error(`import ${base} has no name in libpg-query.js`);
    module.removeFunction(name);
    module.addFunctionImport(name, from, longName, params, results);
  }
}

function one(pattern, what) {
  const match = glue.match(pattern);
  if (!match) throw new Error(`libpg-query.js is not laid out as expected: no ${what}`);
  return match[1];
}
