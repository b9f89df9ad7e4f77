// `npm run kernel`: compiles packages/server/kernel (AssemblyScript) to WebAssembly, and keeps it in
// the sources: it changes seldom, and the compiler is larger than everything else we build with.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kernelSourceHash } from './lib/kernel-source.mjs';
import { CACHE, inRepo } from './lib/places.mjs';

const COMPILER = 'assemblyscript@0.28.20';
const TO = inRepo('packages/server/src/usage-scan/kernel-bytes.ts');
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='];
const MORE = ['--enable', 'simd', '--enable', 'bulk-memory', '--initialMemory', '16'];

mkdirSync(CACHE, { recursive: true });
const wasm = path.join(CACHE, `kernel-${process.pid}.wasm`);
try {
  const source = inRepo('packages/server/kernel/usage-kernel.ts');
  const asc = ['exec', '--yes', '--package', COMPILER, '--', 'asc', source, '--outFile', wasm];
  execFileSync('npm', [...asc, ...FLAGS, ...MORE], { stdio: 'inherit' });
  const bytes = readFileSync(wasm).toString('base64');
  writeFileSync(
    TO,
    `// Made by \`npm run kernel\` of packages/server/kernel: edit that, not this.
// Of sources with the SHA-256 ${kernelSourceHash()}.

/** The kernel as WebAssembly, base64. */
export const KERNEL =
  '${bytes}';
`,
  );
} finally {
  rmSync(wasm, { force: true });
}
