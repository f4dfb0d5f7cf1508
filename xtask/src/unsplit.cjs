// What a part of the page that is fetched later is called by, until the wasm is taken apart. Tests run it whole and fetch none.
module.exports = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error("This part of the page is fetched when the page runs, and is not there in its tests.");
    },
  },
);
