// `npm run kernel`: compiles packages/server/kernel (AssemblyScript, and WebAssembly's own text) to
// WebAssembly, and keeps it in the sources: it changes seldom, and the compilers are larger than
// everything else we build with.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kernelSourceHash } from './lib/kernel-source.mjs';
import { CACHE, inRepo } from './lib/places.mjs';

const ASSEMBLY_SCRIPT = 'assemblyscript@0.28.20';
const TEXT = 'wabt@1.0.39';
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='];
const MORE = ['--enable', 'simd', '--enable', 'bulk-memory', '--initialMemory', '16'];

/** What is made of which file, by which program of which package. */
const KERNELS = [
  {
    source: 'usage-kernel.ts',
    to: 'packages/server/src/usage-scan/kernel-bytes.ts',
    hash: kernelSourceHash('.ts'),
    compile: (source, wasm) =>
      run(ASSEMBLY_SCRIPT, 'asc', [source, '--outFile', wasm, ...FLAGS, ...MORE]),
  },
  {
    source: 'answer-kernel.ts',
    to: 'packages/server/src/search/kernel-bytes.ts',
    hash: kernelSourceHash('.ts'),
    compile: (source, wasm) =>
      run(ASSEMBLY_SCRIPT, 'asc', [source, '--outFile', wasm, ...FLAGS, ...MORE]),
  },
  {
    source: 'line-kernel.wat',
    to: 'packages/server/src/transcripts/json/kernel-bytes.ts',
    hash: kernelSourceHash('.wat'),
    compile: (source, wasm) => run(TEXT, 'wat2wasm', [source, '-o', wasm]),
  },
];

mkdirSync(CACHE, { recursive: true });
const wasm = path.join(CACHE, `kernel-${process.pid}.wasm`);
try {
  for (const { source, to, hash, compile } of KERNELS) {
    compile(inRepo('packages/server/kernel', source), wasm);
    const bytes = readFileSync(wasm).toString('base64');
    writeFileSync(
      inRepo(to),
      `// Made by \`npm run kernel\` of packages/server/kernel: edit that, not this.
// Of sources with the SHA-256 ${hash}.

/** The kernel as WebAssembly, base64. */
export const KERNEL =
  '${bytes}';
`,
    );
  }
} finally {
  rmSync(wasm, { force: true });
}

function run(library, program, args) {
  execFileSync('npm', ['exec', '--yes', '--package', library, '--', program, ...args], {
    stdio: 'inherit',
  });
}
