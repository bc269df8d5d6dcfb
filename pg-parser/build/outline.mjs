// Moves the cases of giant switches into functions of their own, so that every function fits a JVM method (64 KB), and most of them
// the JIT compiler's limit (8,000 bytes of bytecode).
//
// C compilers emit a switch as a tower of nested blocks around one br_table; the code of a case follows the end of its block:
//   block $c2  block $c1  block $c0  (br_table $c0 $c1 $c2 selector)  end  case 0  end  case 1  end  case 2 ...
// Neighbouring cases that nothing outside the group jumps into are moved into one function. Locals alive at their entry become its
// parameters; the ones it changes and someone still reads come back in globals, written as the last thing before it returns and read
// as the first thing after, so that recursion cannot clobber them; its result says which label the caller has to jump to.

import { flat, reader } from "./tree.mjs";

const BIG_FUNCTION = 2500; // nodes; a node is some 4 bytes of bytecode
const SMALL_TOWER = 800;
const GROUP = 1300;
const WORTH_A_CALL = 60; // nodes of a shared case
const PICK = 800; // entries of one br_table

export function outline(binaryen, module) {
  const read = reader(binaryen);
  const { i32, none, unreachable } = binaryen;
  const spills = new Map();
  const names = [];
  for (let i = 0; i < module.getNumFunctions(); i++) names.push(binaryen.getFunctionInfo(module.getFunctionByIndex(i)));
  for (const { name } of names.filter((f) => !f.base)) {
    for (let round = 0; round < 4 && splitLargestTower(name, round); round++);
  }

  function splitLargestTower(name, round) {
    const info = binaryen.getFunctionInfo(module.getFunction(name));
    const locals = [...binaryen.expandType(info.params), ...info.vars];
    const root = read(info.body);
    if (root.size < BIG_FUNCTION) return false;
    const tower = towers(root).sort((a, b) => b.size - a.size)[0];
    if (!tower || tower.size < SMALL_TOWER) return false;

    const labels = liveness(root);
    const cases = casesOf(tower, root);
    const groups = group(cases);
    const movedTo = new Map(groups.flatMap((g) => g.map((c) => [c, g])));
    const code = newLocal(i32);
    const exit = newLocal(i32);
    const prefix = `${name}.${round}`;

    const calls = new Map(groups.map((g, i) => [g, move(`${prefix}.group${i}`, g, true)]));
    const targets = []; // of the new br_table in the main function
    const codes = new Map(); // label of the old br_table -> 16 bits target, 16 bits case within the group
    groups.forEach((g, i) => {
      targets.push(`${prefix}.to${i}`);
      g.forEach((c, j) => codes.set(c.label, (i << 16) | j));
    });
    const old = [...tower.table.info.names, tower.table.info.defaultName];
    for (const label of old) {
      if (codes.has(label)) continue;
      codes.set(label, targets.length << 16);
      targets.push(label);
    }
    let body = [
      module.local.set(code, pick(prefix, old, codes, tower.table.kids[0].ref)),
      module.switch(
        targets.slice(0, -1),
        targets.at(-1),
        module.i32.shr_u(module.local.get(code, i32), module.i32.const(16)),
      ),
    ];
    for (const c of cases) {
      const g = movedTo.get(c);
      if (!g) {
        const shared = c.movable && c.size >= WORTH_A_CALL;
        const rest = shared ? move(`${prefix}.shared${c.index}`, [c], false) : c.body.map((n) => n.ref);
        body = [module.block(c.label, body, none), ...rest];
      } else if (g[0] === c) {
        body = [module.block(targets[groups.indexOf(g)], body, none), ...calls.get(g)];
      }
    }
    // the tower's outermost block stays; it is the label after the last case
    while (binaryen.Block.getNumChildren(tower.top.ref) > 0) binaryen.Block.removeChildAt(tower.top.ref, 0);
    for (const child of body) binaryen.Block.appendChild(tower.top.ref, child);
    module.removeFunction(name);
    module.addFunction(name, info.params, info.results, locals.slice(binaryen.expandType(info.params).length), info.body);
    return true;

    function newLocal(type) {
      return locals.push(type) - 1;
    }

    // Moves the code of the cases into a new function and returns the code that stands in for it.
    function move(target, members, coded) {
      const inside = new Set(members.map((c) => c.label));
      const own = new Set();
      const exits = new Set();
      let used = 0n;
      let written = 0n;
      const nodes = members.flatMap((c) => c.body.flatMap(flat));
      for (const n of nodes) {
        if ((n.kind === "Block" || n.kind === "Loop") && n.info.name) own.add(n.info.name);
        if (n.kind === "LocalGet" || n.kind === "LocalSet") used |= bit(n.info.index);
        if (n.kind === "LocalSet") written |= bit(n.info.index);
      }
      const outside = (label) => !own.has(label) && !inside.has(label);
      nodes.flatMap(jumps).filter(outside).forEach((label) => exits.add(label));
      for (const c of members) if (c.fallsTo && outside(c.fallsTo)) exits.add(c.fallsTo);

      const alive = (set) => [...set].reduce((mask, label) => mask | labels.get(label), 0n);
      const parameters = bits(alive(inside) & used);
      const results = bits(alive(exits) & written);
      const direct = exits.size === 1 && results.length === 1;

      const map = new Map();
      const types = coded ? [i32] : [];
      parameters.forEach((x) => map.set(x, types.push(locals[x]) - 1));
      const parameterCount = types.length;
      bits(used).filter((x) => !map.has(x)).forEach((x) => map.set(x, types.push(locals[x]) - 1));
      for (const n of nodes) {
        if (n.kind === "LocalGet") binaryen.LocalGet.setIndex(n.ref, map.get(n.info.index));
        if (n.kind === "LocalSet") binaryen.LocalSet.setIndex(n.ref, map.get(n.info.index));
      }
      const way = types.push(i32) - 1;

      const entries = members.map((c) => c.label);
      let code = coded ? [module.switch(entries.slice(0, -1), entries.at(-1), module.local.get(0, i32))] : [];
      for (const c of members) {
        code = [module.block(c.label, code, none), ...c.body.map((n) => n.ref)];
        if (c.fallsTo && outside(c.fallsTo)) code.push(module.br(c.fallsTo));
      }
      const ways = [...exits];
      const done = `${target}.done`;
      ways.forEach((label, i) => {
        code = [module.block(label, code, none), module.local.set(way, module.i32.const(i)), module.br(done)];
      });
      code = [module.block(done, code, none)];
      if (direct) {
        code.push(module.return(module.local.get(map.get(results[0]), locals[results[0]])));
      } else {
        results.forEach((x, i) => {
          code.push(module.global.set(spill(locals[x], i), module.local.get(map.get(x), locals[x])));
        });
        if (ways.length > 1) code.push(module.return(module.local.get(way, i32)));
      }
      const result = direct ? locals[results[0]] : ways.length > 1 ? i32 : none;
      if (ways.length === 0) code.push(module.unreachable());
      const params = binaryen.createType(types.slice(0, parameterCount));
      module.addFunction(target, params, result, types.slice(parameterCount), module.block(null, code));

      const args = parameters.map((x) => module.local.get(x, locals[x]));
      if (coded) args.unshift(module.i32.and(module.local.get(codeLocal(), i32), module.i32.const(0xffff)));
      const call = module.call(target, args, result);
      if (ways.length === 0) return [call, module.unreachable()];
      if (direct) return [module.local.set(results[0], call), module.br(ways[0])];
      const back = results.map((x, i) => module.local.set(x, module.global.get(spill(locals[x], i), locals[x])));
      if (ways.length === 1) return [call, ...back, module.br(ways[0])];
      const next = module.switch(ways.slice(0, -1), ways.at(-1), module.local.get(exit, i32));
      return [module.local.set(exit, call), ...back, next];
    }

    function codeLocal() {
      return code;
    }
  }

  // The old br_table as functions that return a number instead of jumping.
  function pick(prefix, old, codes, selector) {
    const size = old.length - 1;
    const parts = Math.ceil(size / PICK);
    const fallback = codes.get(old[size]);
    for (let part = 0; part < parts; part++) {
      const entries = old.slice(part * PICK, Math.min(size, (part + 1) * PICK)).map((label) => codes.get(label));
      const last = part === parts - 1;
      const otherwise = last
        ? module.i32.const(fallback)
        : module.call(`${prefix}.pick${part + 1}`, [module.i32.sub(module.local.get(0, i32), module.i32.const(PICK))], i32);
      const label = (c) => `pick${c}`;
      let code = [module.switch(entries.map(label), "otherwise", module.local.get(0, i32))];
      for (const c of new Set(entries)) code = [module.block(label(c), code, none), module.return(module.i32.const(c))];
      code = [module.block("otherwise", code, none), module.return(otherwise)];
      module.addFunction(`${prefix}.pick${part}`, binaryen.createType([i32]), i32, [], module.block(null, code, i32));
    }
    return module.call(`${prefix}.pick0`, [selector], i32);
  }

  function spill(type, i) {
    const name = `spill.${type}.${i}`;
    if (!spills.has(name)) {
      const zero = { [i32]: module.i32, [binaryen.i64]: module.i64, [binaryen.f64]: module.f64, [binaryen.f32]: module.f32 };
      module.addGlobal(name, type, true, zero[type].const(0, 0));
      spills.set(name, type);
    }
    return name;
  }

  // --- finding what can be moved -----------------------------------------------------------------------------------------------

  function jumps(n) {
    if (n.kind === "Break") return [n.info.name];
    return n.kind === "Switch" ? [...n.info.names, n.info.defaultName] : [];
  }

  function towers(root) {
    const found = [];
    const visit = (n, path) => {
      if (n.kind === "Switch" && n.info.names.length >= 8 && n.kids.length === 1) {
        const levels = [];
        for (let i = path.length - 1; i >= 0; i--) {
          const level = path[i];
          const inner = levels.at(-1) ?? n;
          if (level.kind !== "Block" || level.kids[0] !== inner || inner.type === i32) break;
          levels.push(level);
        }
        const size = levels.reduce((sum, l) => sum + l.kids.slice(1).reduce((s, k) => s + k.size, 0), 0);
        if (levels.length > 8) found.push({ table: n, levels, size, top: levels.at(-1) });
      }
      path.push(n);
      for (const k of n.kids) visit(k, path);
      path.pop();
    };
    visit(root, []);
    return found;
  }

  // One case per block of the tower but the outermost: its label, and the code that follows the block's end.
  function casesOf(tower) {
    const { table, levels } = tower;
    const fromTable = new Set(jumps(table));
    const cases = [];
    for (let i = 0; i + 1 < levels.length; i++) {
      const body = levels[i + 1].kids.slice(1);
      const nodes = body.flatMap(flat);
      const own = new Set(nodes.filter((n) => n.kind === "Block" || n.kind === "Loop").map((n) => n.info.name));
      const falls = !body.some((n) => n.type === unreachable);
      const next = levels[i + 1].info.name;
      cases.push({
        index: i,
        label: levels[i].info.name || `unnamed.${table.ref}.${i}`,
        body,
        size: body.reduce((sum, n) => sum + n.size, 0),
        falls,
        fallsTo: falls ? next || `unnamed.${table.ref}.${i + 1}` : undefined,
        inTable: fromTable.has(levels[i].info.name),
        targets: new Set(nodes.flatMap(jumps).filter((label) => !own.has(label))),
        movable:
          body.every((n) => n.type === none || n.type === unreachable) &&
          (next || !falls) &&
          !nodes.some((n) => n.kind === "Return" || (n.kind === "Break" && n.kids.length && n.info.value && !own.has(n.info.name))),
      });
    }
    if (levels[0].kids.length > 1) throw new Error("code after a br_table");
    return cases;
  }

  // Neighbouring cases which only the table and other cases of the same group jump to.
  function group(cases) {
    const groups = [];
    let at = 0;
    while (at < cases.length) {
      let end = at;
      for (let size = 0; end < cases.length && (end === at || size + cases[end].size <= GROUP); end++) size += cases[end].size;
      let members = cases.slice(at, end).filter((c) => c.movable && c.inTable);
      for (let before = -1; before !== members.length; ) {
        before = members.length;
        const inside = new Set(members);
        const foreign = new Set();
        for (const c of cases) if (!inside.has(c)) for (const label of c.targets) foreign.add(label);
        members = members.filter((c) => {
          const previous = cases[c.index - 1];
          return !foreign.has(c.label) && !(previous && previous.falls && !inside.has(previous));
        });
      }
      if (members.reduce((sum, c) => sum + c.size, 0) >= WORTH_A_CALL) groups.push(members);
      at = end;
    }
    return groups;
  }

  // --- liveness: which locals may still be read, as a bit mask, at every label ---------------------------------------------------

  function liveness(root) {
    const at = new Map();
    before(root, 0n);
    return at;

    function before(n, after) {
      switch (n.kind) {
        case "Block":
          if (n.info.name) at.set(n.info.name, after);
          return inOrder(n.kids, after);
        case "Loop":
          for (let entry = 0n; ; ) {
            if (n.info.name) at.set(n.info.name, entry);
            const again = before(n.kids[0], after) | entry;
            if (again === entry) return entry;
            entry = again;
          }
        case "If": {
          const no = n.kids[2] ? before(n.kids[2], after) : after;
          return before(n.kids[0], before(n.kids[1], after) | no);
        }
        case "Break":
          return inOrder(n.kids, at.get(n.info.name) | (n.info.condition ? after : 0n));
        case "Switch":
          return inOrder(n.kids, jumps(n).reduce((mask, label) => mask | at.get(label), 0n));
        case "Return":
        case "Unreachable":
          return inOrder(n.kids, 0n);
        case "LocalGet":
          return after | bit(n.info.index);
        case "LocalSet":
          return before(n.kids[0], after & ~bit(n.info.index));
        default:
          return inOrder(n.kids, after);
      }
    }

    function inOrder(kids, after) {
      return kids.reduceRight((mask, kid) => before(kid, mask), after);
    }
  }

  function bit(index) {
    return 1n << BigInt(index);
  }

  function bits(mask) {
    const all = [];
    for (let i = 0; mask >> BigInt(i); i++) if ((mask >> BigInt(i)) & 1n) all.push(i);
    return all;
  }
}
