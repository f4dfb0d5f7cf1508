// Node before 20 ends at once when a function that wasm exports comes back into wasm as a value: V8 then hands over its own
// inner form of the function. Wrapped in functions of JavaScript's own, they come back as what they are.
const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  const wrapped = (value) => (typeof value === "function" ? (...given) => value(...given) : value);
  return { exports: Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, wrapped(value)])) };
};
