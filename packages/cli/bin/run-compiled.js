const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

/**
 * Runs a file of CommonJS with what V8 made of it at an earlier run, kept beside it: compiling
 * takes a fifth of a second of each start. V8 refuses what another version of it made; then, and
 * where there is none, it is kept anew at the end of this run. Node 20 can't do it by itself.
 */
module.exports = function runCompiled(file) {
  // V8 knows a text by its length alone; another build has another time.
  const kept = `${file}.${Math.trunc(fs.statSync(file).mtimeMs)}.compiled`;
  // The bundle is ASCII: as latin1 it is read without being decoded.
  const source = fs.readFileSync(file, 'latin1');
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    {
      filename: file,
      cachedData: readIfThere(kept),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  );
  if (script.cachedDataRejected !== false) process.once('exit', () => keep(script, kept));
  const module = { exports: {} };
  const run = script.runInThisContext();
  run.call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file));
};

function readIfThere(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

// Only quicker with it: where it can't be written, nothing is lost.
function keep(script, file) {
  const unfinished = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(unfinished, script.createCachedData());
    fs.renameSync(unfinished, file);
  } catch {
    fs.rmSync(unfinished, { force: true });
  }
}
