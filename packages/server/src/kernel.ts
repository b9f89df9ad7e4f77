/** What of WebAssembly is used here: its types come with a browser's alone. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: object };
};

/** Bytes of a page, by which a kernel's memory grows. */
const PAGE = 65_536;

/** A kernel's memory. */
export type KernelMemory = { buffer: ArrayBuffer; grow: (pages: number) => number };

/**
 * What a kernel (packages/server/kernel; `base64` of its WebAssembly) offers. Throws where the
 * machine hasn't its instructions.
 */
export function openKernel(base64: string): object {
  return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64, 'base64'))).exports;
}

/** Makes a memory at least so many bytes large; its buffer is another one then. */
export function growTo(memory: KernelMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
