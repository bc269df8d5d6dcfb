// Binaryen's expressions as plain objects; children in the order of their evaluation.

export function reader(binaryen) {
  const kinds = new Map(
    Object.keys(binaryen).filter((k) => /^[A-Z]\w*Id$/.test(k)).map((k) => [binaryen[k], k.slice(0, -2)]),
  );
  return read;

  function read(ref) {
    const kind = kinds.get(binaryen.getExpressionId(ref));
    const info = kind === "Nop" || kind === "Unreachable" ? {} : binaryen.getExpressionInfo(ref);
    const refs = {
      Block: () => info.children,
      If: () => [info.condition, info.ifTrue, info.ifFalse],
      Loop: () => [info.body],
      Break: () => [info.value, info.condition],
      Switch: () => [info.value, info.condition],
      Call: () => info.operands,
      CallIndirect: () => [...info.operands, info.target],
      LocalSet: () => [info.value],
      GlobalSet: () => [info.value],
      Drop: () => [info.value],
      Return: () => [info.value],
      Load: () => [info.ptr],
      Store: () => [info.ptr, info.value],
      Unary: () => [info.value],
      Binary: () => [info.left, info.right],
      Select: () => [info.ifTrue, info.ifFalse, info.condition],
      MemoryCopy: () => [info.dest, info.source, info.size],
      MemoryFill: () => [info.dest, info.value, info.size],
      MemoryGrow: () => [info.delta],
      LocalGet: () => [],
      GlobalGet: () => [],
      Const: () => [],
      Nop: () => [],
      Unreachable: () => [],
      MemorySize: () => [],
    }[kind];
    if (!refs) throw new Error(`unexpected instruction: ${kind}`);
    const kids = refs().filter((k) => k).map(read);
    const size = kids.reduce((sum, k) => sum + k.size, 1);
    return { ref, kind, info, kids, size, type: binaryen.getExpressionType(ref) };
  }
}

export function flat(node) {
  const all = [];
  const stack = [node];
  while (stack.length) {
    const n = stack.pop();
    all.push(n);
    stack.push(...n.kids);
  }
  return all;
}
